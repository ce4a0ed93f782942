import type { SenderRow } from "@helpdesk/db";
import { type UserActor, permissionSet } from "@helpdesk/domain";

/** A person whom a mail speaks for, with what they may: no more than they could do signed in. */
export const speakerOf = (
  organizationId: string,
  { id, roleKey, permissions, departmentIds }: SenderRow,
): UserActor => ({
  kind: "user",
  userId: id,
  organizationId,
  roleKey,
  permissions: permissionSet(permissions),
  departmentIds: new Set(departmentIds),
  authSessionId: null,
  via: null,
});
