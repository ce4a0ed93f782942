import type { CandidateRow } from "@helpdesk/db";
import { type Candidate, permissionSet } from "@helpdesk/domain";

/** A person's row as rules on giving them tickets look at it. */
export const toCandidate = (row: CandidateRow): Candidate => ({
  ...row,
  permissions: permissionSet(row.permissions),
  departmentIds: new Set(row.departmentIds),
});
