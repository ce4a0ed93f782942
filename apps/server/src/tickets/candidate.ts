import { type CandidateRow, type Unit, holdCandidate } from "@helpdesk/db";
import { type Candidate, permissionSet, refuse } from "@helpdesk/domain";

/** A person's row as rules on giving them tickets look at it. */
export const toCandidate = (row: CandidateRow): Candidate => ({
  ...row,
  permissions: permissionSet(row.permissions),
  departmentIds: new Set(row.departmentIds),
});

/** Somebody who is about to be given a ticket, before any ticket is locked. @throws RefusalError `assignee.not_eligible`. */
export async function heldCandidate(unit: Unit, userId: string): Promise<Candidate> {
  const row = await holdCandidate(unit, { userId });
  return toCandidate(row ?? refuse({ code: "assignee.not_eligible" }));
}
