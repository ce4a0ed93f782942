import type { RoleRow } from "@helpdesk/db";
import { type Role, isPermission } from "@helpdesk/domain";

/** A role's row as rules look at it. */
export const stateOf = (row: RoleRow): Role => ({
  ...row,
  permissions: new Set(row.permissions.filter(isPermission)),
});
