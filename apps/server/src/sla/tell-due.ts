import {
  type Sql,
  findDueTickets,
  holdTickets,
  lockTickets,
  noOrganization,
  read,
  transact,
} from "@helpdesk/db";
import { watchClocks } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { Acting } from "../context.ts";
import type { Desks } from "../desks.ts";
import type { Runtime } from "../runtime.ts";
import { record } from "../tickets/record.ts";
import { situationOf } from "../tickets/situate.ts";

export interface Watching {
  sql: Sql;
  runtime: Runtime;
  desks: Desks;
  log: Logger;
}

/** Tickets that one look takes at most: their locks are held for one transaction. */
const BATCH = 100;

const idList = (ids: readonly string[]): string => `{${ids.join(",")}}`;

/**
 * Records every breach and warning that has come, over all organizations, with its history, events and notifications.
 * Any number may look at once: each ticket is told by one, and once. Returns how many tickets were told.
 */
export async function tellDue(watching: Watching): Promise<number> {
  const { sql, runtime, log } = watching;
  const due = await findDueTickets(read(sql, noOrganization), { now: runtime.now(), limit: BATCH });
  let told = 0;
  for (const [organizationId, tickets] of Map.groupBy(due, (ticket) => ticket.organizationId)) {
    const ids = tickets.map(({ ticketId }) => ticketId);
    try {
      told += await tell(watching, organizationId, ids);
    } catch (error) {
      log.error({ err: error, organizationId }, "clocks");
      // One ticket that cannot be told must not keep the others from it.
      for (const id of ids) {
        told += await tell(watching, organizationId, [id]).catch((cause: unknown) => {
          log.error({ err: cause, organizationId, ticketId: id }, "clocks");
          return 0;
        });
      }
    }
  }
  return told;
}

async function tell(
  { sql, runtime, desks }: Watching,
  organizationId: string,
  ids: readonly string[],
): Promise<number> {
  const desk = await desks.of(organizationId);
  return transact(sql, organizationId, async (unit) => {
    const held = await holdTickets(unit, { ids: idList(ids) });
    if (held.length === 0) return 0;
    const tickets = await lockTickets(unit, { ids: idList(held.map(({ id }) => id)) });
    const { newId } = runtime;
    const acting: Acting = {
      actor: { kind: "system", organizationId },
      now: runtime.now(),
      newId,
      desk,
    };
    await Promise.all(
      tickets.map((ticket) => record(acting, unit, watchClocks(situationOf(acting, ticket)))),
    );
    return tickets.length;
  });
}
