import {
  type LockedTicket,
  type Sql,
  type Unit,
  findCandidates,
  findDueTickets,
  holdCandidates,
  holdTickets,
  lockTickets,
  noOrganization,
  read,
  transact,
} from "@helpdesk/db";
import { type People, peopleOfEscalations, watchClocks } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { Acting } from "../context.ts";
import type { Desks } from "../desks.ts";
import type { Jobs } from "../jobs.ts";
import type { Runtime } from "../runtime.ts";
import { toCandidate } from "../tickets/candidate.ts";
import { record } from "../tickets/record.ts";
import { situationOf } from "../tickets/situate.ts";

export interface Watching {
  sql: Sql;
  runtime: Runtime;
  desks: Desks;
  jobs: Jobs;
  log: Logger;
}

/** Tickets that one look takes at most: their locks are held for one transaction. */
const BATCH = 100;

const idList = (ids: readonly string[]): string => `{${ids.join(",")}}`;

/**
 * Records every breach and warning that has come, over all organizations, with its history, events and notifications,
 * and takes the escalation steps that have come. Any number may look at once: each ticket is told by one, and once. Returns how many tickets were told.
 */
export async function tellDue(watching: Watching): Promise<number> {
  const { sql, runtime, log } = watching;
  const due = await findDueTickets(read(sql, noOrganization), { now: runtime.now(), limit: BATCH });
  let told = 0;
  for (const [organizationId, tickets] of Map.groupBy(due, (ticket) => ticket.organizationId)) {
    const ids = tickets.map(({ ticketId }) => ticketId);
    const escalates = tickets.some((ticket) => ticket.escalates);
    try {
      told += await tell(watching, organizationId, ids, escalates);
    } catch (error) {
      log.error({ err: error, organizationId }, "clocks");
      // One ticket that cannot be told must not keep the others from it.
      for (const id of ids) {
        told += await tell(watching, organizationId, [id], escalates).catch((cause: unknown) => {
          log.error({ err: cause, organizationId, ticketId: id }, "clocks");
          return 0;
        });
      }
    }
  }
  return told;
}

async function tell(
  { sql, runtime, desks, jobs }: Watching,
  organizationId: string,
  ids: readonly string[],
  escalates: boolean,
): Promise<number> {
  const desk = await desks.of(organizationId);
  return transact(sql, organizationId, async (unit) => {
    const helpers = escalates ? peopleOfEscalations(desk) : [];
    // People are locked before tickets, everywhere.
    if (helpers.length > 0) await holdCandidates(unit, { userIds: idList(helpers) });
    const held = await holdTickets(unit, { ids: idList(ids) });
    if (held.length === 0) return 0;
    const tickets = await lockTickets(unit, { ids: idList(held.map(({ id }) => id)) });
    const { newId } = runtime;
    const acting: Acting = {
      actor: { kind: "system", organizationId },
      now: runtime.now(),
      newId,
      desk,
      jobs,
    };
    const people = escalates ? await peopleFor(unit, helpers, tickets) : null;
    await Promise.all(
      tickets.map((ticket) => {
        const decision = watchClocks(situationOf(acting, ticket), people);
        // A clock whose step an edit took away has nothing to tell, and goes on to its next.
        return record(acting, unit, decision, { always: decision.changedCycles.length > 0 });
      }),
    );
    return tickets.length;
  });
}

/** Those whom steps may turn to, and whoever has the tickets. */
async function peopleFor(
  unit: Unit,
  helpers: readonly string[],
  tickets: readonly LockedTicket[],
): Promise<People> {
  const holders = tickets.flatMap(({ assigneeId }) => assigneeId ?? []);
  const rows = await findCandidates(unit, { userIds: idList([...new Set([...helpers, ...holders])]) });
  return new Map(rows.map((row) => [row.id, toCandidate(row)]));
}
