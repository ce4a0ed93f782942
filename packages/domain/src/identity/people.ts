import type { Instant } from "../instant.ts";
import { expectVersion, refuse } from "../refusal.ts";
import type { Permission } from "./permission.ts";

/** A person as far as rules on people look at them, with what their role allows. */
export interface Person {
  id: string;
  roleId: string;
  permissions: ReadonlySet<Permission>;
  deactivatedAt: Instant | null;
  version: number;
  updatedAt: Instant;
}

/** A role as far as rules look at it. */
export interface Role {
  id: string;
  permissions: ReadonlySet<Permission>;
  isBuiltIn: boolean;
  version: number;
  updatedAt: Instant;
}

const beyond = (own: ReadonlySet<Permission>, asked: ReadonlySet<Permission>): Permission[] =>
  [...asked].filter((permission) => !own.has(permission));

/** @throws RefusalError `role.exceeds_own`: nobody gives, makes or takes apart a role that allows more than they may. */
export function expectWithinOwn(actor: Pick<Person, "permissions">, asked: ReadonlySet<Permission>): void {
  const permissions = beyond(actor.permissions, asked);
  if (permissions.length > 0) refuse({ code: "role.exceeds_own", permissions });
}

/** Whether `actor` may have another invitation mailed to them. @throws RefusalError `user.is_self`, `user.exceeds_own`. */
export function inviteAgain(actor: Person, person: Person): void {
  if (actor.id === person.id) refuse({ code: "user.is_self" });
  const permissions = beyond(actor.permissions, person.permissions);
  if (permissions.length > 0) refuse({ code: "user.exceeds_own", permissions });
}

/** @throws RefusalError `user.is_self`, `user.exceeds_own`, `version.conflict`. */
function expectSubordinate(actor: Person, person: Person, version: number): void {
  inviteAgain(actor, person);
  expectVersion(person, version);
}

/** The instant from which the person is out: the one before where they are already. */
export function deactivate(actor: Person, person: Person, version: number, at: Instant): Instant {
  expectSubordinate(actor, person, version);
  return person.deactivatedAt ?? at;
}

export const reactivate = (actor: Person, person: Person, version: number): void =>
  expectSubordinate(actor, person, version);

/** Whether the role is another than now. @throws RefusalError also `role.exceeds_own`. */
export function giveRole(actor: Person, person: Person, role: Role, version: number): boolean {
  expectSubordinate(actor, person, version);
  expectWithinOwn(actor, role.permissions);
  return person.roleId !== role.id;
}

/**
 * Whether `actor` may change `role` to allow `permissions`.
 * @throws RefusalError `role.built_in`, `role.exceeds_own`, `version.conflict`, and `user.is_self` for what one's own role allows.
 */
export function changeRole(
  actor: Person,
  role: Role,
  permissions: ReadonlySet<Permission>,
  version: number,
): void {
  expectOwnMaking(actor, role, version);
  expectWithinOwn(actor, permissions);
  if (actor.roleId === role.id && beyond(permissions, role.permissions).length > 0)
    refuse({ code: "user.is_self" });
}

/** @throws RefusalError `role.built_in`, `role.exceeds_own`, `version.conflict`. */
export function expectOwnMaking(actor: Person, role: Role, version: number): void {
  if (role.isBuiltIn) refuse({ code: "role.built_in" });
  expectWithinOwn(actor, role.permissions);
  expectVersion(role, version);
}
