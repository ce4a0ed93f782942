import { type CandidateRow, type Unit, findCandidate } from "@helpdesk/db";
import { type Candidate, assign as decide, isPermission, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { assigneeOf, situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Gives a ticket to somebody, or to nobody. @throws RefusalError as `tickets.assign` declares. */
export const assign = (
  ctx: Context,
  input: { ticketId: string; assigneeId: string | null; version: number },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const situation = await situate(ctx, unit, input.ticketId);
    const candidate = input.assigneeId === null ? null : await candidateOf(unit, input.assigneeId);
    const decision = decide(situation, {
      candidate,
      assignee: assigneeOf(situation),
      version: input.version,
    });
    return record(ctx, unit, decision);
  });

/** @throws RefusalError `assignee.not_eligible` where there is no such person. */
export async function candidateOf(unit: Unit, userId: string): Promise<Candidate> {
  return toCandidate(
    (await findCandidate.first(unit, { userId })) ?? refuse({ code: "assignee.not_eligible" }),
  );
}

export const toCandidate = (row: CandidateRow): Candidate => ({
  id: row.id,
  name: row.name,
  isActive: row.isActive,
  permissions: new Set(row.permissions.filter(isPermission)),
  departmentIds: new Set(row.departmentIds),
});
