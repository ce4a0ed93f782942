import { type Refusal, refuse } from "../refusal.ts";
import type { Permission } from "./permission.ts";

/** The API key that a call was made with. */
export interface Via {
  apiKeyId: string;
  /** Of the secret that was exchanged: a key has two while it is rotated. */
  secretId: string;
  name: string;
  /** Whose key it is: another than the actor where it acts on their behalf. */
  ownerId: string;
  /** The key's own limit; null where the general one holds. */
  callsPerMinute: number | null;
}

/** A signed-in person, or a service's key that acts as one, as far as rules care. */
export interface UserActor {
  kind: "user";
  userId: string;
  organizationId: string;
  roleKey: string;
  permissions: ReadonlySet<Permission>;
  departmentIds: ReadonlySet<string>;
  /** Null for a caller by API key. */
  authSessionId: string | null;
  /** Null for a person who is here themselves. */
  via: Via | null;
}

/** The product itself: the worker's jobs. */
export interface SystemActor {
  kind: "system";
  organizationId: string;
}

export type Actor = UserActor | SystemActor;

export const may = (actor: Actor, permission: Permission): boolean =>
  actor.kind === "system" || actor.permissions.has(permission);

/** @throws RefusalError `permission.denied`, or `otherwise` where even the existence of the thing is not for the actor. */
export function demand(actor: Actor, permission: Permission, otherwise?: Refusal): void {
  if (!may(actor, permission)) refuse(otherwise ?? { code: "permission.denied", permission });
}

export const actorUserId = (actor: Actor): string | null => (actor.kind === "user" ? actor.userId : null);

/** The API key that somebody acts by. */
export const actorApiKeyId = (actor: Actor): string | null =>
  actor.kind === "user" ? (actor.via?.apiKeyId ?? null) : null;
