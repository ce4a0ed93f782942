import { type Refusal, refuse } from "../refusal.ts";
import type { Permission } from "./permission.ts";

/** A signed-in person, as far as rules care. */
export interface UserActor {
  kind: "user";
  userId: string;
  organizationId: string;
  roleKey: string;
  permissions: ReadonlySet<Permission>;
  departmentIds: ReadonlySet<string>;
  authSessionId: string;
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
