import { type Refusal, refuse } from "../refusal.ts";
import type { UserActor } from "./actor.ts";
import type { Permission } from "./permission.ts";

export const apiKeyLimits = {
  /** How long a secret lasts at most, and where nothing else is said. */
  lifetimeDays: 365,
  /** How long the one before may go on after a rotation. */
  overlapSeconds: 604_800,
  callsPerMinute: 60_000,
} as const;

/** What lets its holder give themselves more. A key acts for nobody who has any of it, unless its owner has it too. */
const guarded: readonly Permission[] = ["role.manage", "api_key.manage", "user.act_for"];

/** A live key, with what the role of its owner allows now. */
export interface LiveKey {
  ownerId: string;
  ownerPermissions: ReadonlySet<Permission>;
  scopes: ReadonlySet<Permission>;
}

/** Somebody active, with what their role allows now. */
export interface KeySubject {
  id: string;
  permissions: ReadonlySet<Permission>;
  /** Nobody acts for a service. */
  isService: boolean;
}

/** @throws RefusalError `permission.denied` for a key that acts for nobody but its owner. */
export function expectMayActFor({ scopes, ownerPermissions }: LiveKey): void {
  if (!scopes.has("user.act_for") || !ownerPermissions.has("user.act_for"))
    refuse({ code: "permission.denied", permission: "user.act_for" });
}

/** Why the key may not act as this person, or null where it may. Its owner needs nobody's leave. */
export function objectionTo(key: LiveKey, subject: KeySubject): Refusal | null {
  if (subject.id === key.ownerId) return null;
  const mayActFor = key.scopes.has("user.act_for") && key.ownerPermissions.has("user.act_for");
  if (!mayActFor) return { code: "permission.denied", permission: "user.act_for" };
  if (subject.isService) return { code: "user.not_found" };
  const beyond = guarded.filter((each) => subject.permissions.has(each) && !key.ownerPermissions.has(each));
  return beyond.length > 0 ? { code: "user.exceeds_own", permissions: beyond } : null;
}

/** What the key may as this person: what both the person's role and its scopes allow, or null where it may not act as them at all. */
export const rightsByKey = (key: LiveKey, subject: KeySubject): ReadonlySet<Permission> | null =>
  objectionTo(key, subject) === null ? subject.permissions.intersection(key.scopes) : null;

/** @throws RefusalError `api_key.exceeds_own`: nobody makes a key that may more than they. */
export function expectScopesWithin(own: ReadonlySet<Permission>, scopes: ReadonlySet<Permission>): void {
  const permissions = [...scopes.difference(own)];
  if (permissions.length > 0) refuse({ code: "api_key.exceeds_own", permissions });
}

/**
 * Departments are reach: who neither sees all tickets nor chooses who belongs to departments gives a key no owner that is
 * in others than they are. @throws RefusalError `api_key.exceeds_own`.
 */
export function expectDepartmentsWithin(
  maker: Pick<UserActor, "permissions" | "departmentIds">,
  departmentIds: readonly string[],
): void {
  const isFree =
    maker.permissions.has("ticket.read_organization") || maker.permissions.has("department.manage");
  if (!isFree && !departmentIds.every((id) => maker.departmentIds.has(id)))
    refuse({ code: "api_key.exceeds_own", permissions: ["ticket.read_organization"] });
}

/** The auth session of somebody who is here themselves. @throws RefusalError `auth.session_required` for a caller by API key. */
export const expectInPerson = ({ authSessionId }: UserActor): string =>
  authSessionId ?? refuse({ code: "auth.session_required" });
