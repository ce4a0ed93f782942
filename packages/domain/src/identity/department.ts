import { refuse } from "../refusal.ts";
import { type UserActor, may } from "./actor.ts";
import type { Permission } from "./permission.ts";

/** What makes a member of a department one: without either a membership has no effect. */
export const departmentReaders = [
  "ticket.read_departments",
  "ticket.read_organization",
] as const satisfies Permission[];

/** @throws RefusalError `permission.denied` for who leads no department that this person belongs to. */
export function expectLeads(
  actor: UserActor,
  userId: string,
  departments: Iterable<{ managerId: string | null; memberIds: ReadonlySet<string> }>,
): void {
  if (may(actor, "department.manage")) return;
  const own = [...departments].filter(({ managerId }) => managerId === actor.userId);
  if (!may(actor, "department.manage_own") || !own.some(({ memberIds }) => memberIds.has(userId)))
    refuse({ code: "permission.denied", permission: "department.manage" });
}

/** @throws RefusalError `permission.denied` for who may not choose the members of this department. */
export function expectManages(actor: UserActor, { managerId }: { managerId: string | null }): void {
  if (may(actor, "department.manage")) return;
  if (managerId !== actor.userId || !may(actor, "department.manage_own"))
    refuse({ code: "permission.denied", permission: "department.manage" });
}
