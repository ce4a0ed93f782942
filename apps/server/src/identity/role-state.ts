import type { RoleRow } from "@helpdesk/db";
import { type Role, permissionSet } from "@helpdesk/domain";

/** A role's row as rules look at it. */
export const stateOf = (row: RoleRow): Role => ({
  ...row,
  permissions: permissionSet(row.permissions),
});
