import { type Sql, type Unit, insertRecount, listUnclosedTicketIds, read, transact } from "@helpdesk/db";
import { type Decision, recountClocks } from "@helpdesk/domain";
import type { Acting } from "../context.ts";
import type { Desks } from "../desks.ts";
import type { Jobs } from "../jobs.ts";
import type { Runtime } from "../runtime.ts";
import { record } from "../tickets/record.ts";
import { type LockedSituation, lockAll, situationOf } from "../tickets/situate.ts";

const BATCH = 50;
const FIRST = "00000000-0000-0000-0000-000000000000";

/** Brings the running clocks of an organization to its rules of now, in small transactions. Returns how many tickets changed. */
export async function recount(
  { sql, runtime, desks, jobs }: { sql: Sql; runtime: Runtime; desks: Desks; jobs: Jobs },
  { organizationId }: { organizationId: string },
): Promise<number> {
  const desk = await desks.fresh(organizationId);
  const actor = { kind: "system" as const, organizationId };
  let changed = 0;
  let afterId = FIRST;
  for (;;) {
    const rows = await listUnclosedTicketIds(read(sql, organizationId), { afterId, limit: BATCH });
    changed += await transact(sql, organizationId, async (unit) => {
      const tickets = await lockAll(
        unit,
        rows.map(({ id }) => id),
      );
      const acting: Acting = { actor, now: runtime.now(), newId: runtime.newId, desk, jobs };
      const written = await Promise.all(
        tickets.map((ticket) => recordRecount(acting, unit, situationOf(acting, ticket))),
      );
      return written.filter(Boolean).length;
    });
    if (rows.length < BATCH) return changed;
    afterId = rows.at(-1)!.id;
  }
}

async function recordRecount(acting: Acting, unit: Unit, situation: LockedSituation): Promise<boolean> {
  const decision = recountClocks(situation);
  if (isSame(situation, decision)) return false;
  // Nothing happened to the ticket that lists by its last change should show.
  const at = decision.events.length === 0 ? situation.ticket.updatedAt : decision.at;
  await record(acting, unit, { ...decision, at }, { always: true });
  await insertRecount(unit, {
    id: acting.newId(),
    ticketId: situation.ticket.id,
    afterSequence: situation.ticket.lastEventSequence,
    rulesVersion: acting.desk.rulesVersion,
    at: decision.at,
  });
  return true;
}

const isSame = ({ ticket }: LockedSituation, { ticket: after, changedCycles }: Decision): boolean =>
  ticket.slaPolicyId === after.slaPolicyId && changedCycles.length === 0;
