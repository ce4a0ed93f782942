import {
  type Sql,
  findCandidates,
  holdQueue,
  listAbandoned,
  listQueues,
  lockTickets,
  noOrganization,
  read,
  transact,
} from "@helpdesk/db";
import { canWork, isFree, release } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { Acting } from "../context.ts";
import type { Desks } from "../desks.ts";
import type { Jobs } from "../jobs.ts";
import type { Runtime } from "../runtime.ts";
import { repeat } from "../worker/repeat.ts";
import { toCandidate } from "./candidate.ts";
import { record } from "./record.ts";
import { assigneeOf, lockAll, situationOf } from "./situate.ts";
import { giveTo, holdTeam } from "./team.ts";

export interface Tending {
  sql: Sql;
  runtime: Runtime;
  desks: Desks;
  jobs: Jobs;
  log: Logger;
}

/** Tickets that one look locks in a queue at most. */
const BATCH = 20;

/**
 * Brings the queues of all organizations to where they should be: what somebody has who is out goes back to its queue,
 * and departments that give out tickets by themselves do so as far as their people are free. Any number may look at
 * once. Returns how many tickets changed hands.
 */
export async function tendQueues(tending: Tending): Promise<number> {
  const { sql, log } = tending;
  let changed = 0;
  const logged = (organizationId: string) => (error: unknown) => {
    log.error({ err: error, organizationId }, "queues");
    return 0;
  };
  const abandoned = await listAbandoned(read(sql, noOrganization), { limit: 100 });
  for (const [organizationId, tickets] of Map.groupBy(abandoned, (each) => each.organizationId)) {
    const ids = tickets.map(({ ticketId }) => ticketId);
    changed += await releaseAbandoned(tending, organizationId, ids).catch(logged(organizationId));
  }
  for (const { organizationId, departmentId } of await listQueues(read(sql, noOrganization))) {
    changed += await giveOutQueue(tending, organizationId, departmentId).catch(logged(organizationId));
  }
  return changed;
}

const actingIn = async ({ runtime, desks, jobs }: Tending, organizationId: string): Promise<Acting> => ({
  actor: { kind: "system", organizationId },
  now: runtime.now(),
  newId: runtime.newId,
  desk: await desks.of(organizationId),
  jobs,
});

/** As it is once the tickets are locked: who was let in again meanwhile keeps theirs. */
async function releaseAbandoned(tending: Tending, organizationId: string, ids: string[]): Promise<number> {
  const acting = await actingIn(tending, organizationId);
  return transact(tending.sql, organizationId, async (unit) => {
    const tickets = await lockAll(unit, ids);
    const userIds = `{${tickets.flatMap(({ assigneeId }) => assigneeId ?? []).join(",")}}`;
    const holders = (await findCandidates(unit, { userIds })).map(toCandidate);
    const out = new Set(holders.filter((holder) => !canWork(holder)).map(({ id }) => id));
    let released = 0;
    for (const ticket of tickets) {
      if (ticket.resolvedAt !== null || !out.has(ticket.assigneeId ?? "")) continue;
      const situation = situationOf(acting, ticket);
      await record(acting, unit, release(situation, assigneeOf(situation)!));
      released++;
    }
    return released;
  });
}

async function giveOutQueue(tending: Tending, organizationId: string, departmentId: string): Promise<number> {
  const acting = await actingIn(tending, organizationId);
  return transact(tending.sql, organizationId, async (unit) => {
    let team = await holdTeam(acting, unit, departmentId);
    if (!team) return 0;
    const free = team.members.filter(isFree).map(({ id }) => id);
    const held = await holdQueue(unit, { departmentId, userIds: `{${free.join(",")}}`, limit: BATCH });
    const tickets = await lockTickets(unit, { ids: `{${held.map(({ id }) => id).join(",")}}` });
    let given = 0;
    for (const { id, lastHolderId } of held) {
      const ticket = tickets.find((each) => each.id === id)!;
      const done = await giveTo(acting, unit, team, situationOf(acting, ticket), lastHolderId);
      if (!done) continue;
      ({ team } = done);
      given++;
    }
    return given;
  });
}

const LOOK_EVERY_MS = 1_000;

/** Tends the queues every second until the function it returns is called; what is left of a long queue follows at once. */
export const keepTending = (tending: Tending): (() => Promise<void>) =>
  repeat(async () => ((await tendQueues(tending)) > 0 ? 0 : LOOK_EVERY_MS), tending.log, "queues");
