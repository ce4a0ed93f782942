import { type Actor, may } from "../identity/actor.ts";
import type { Permission } from "../identity/permission.ts";
import type { Desk } from "../ticket/desk.ts";

/** Whose training an actor sees beside their own. Lists are scoped in SQL by the same three words. */
export type SupervisionScope = "organization" | "departments" | "none";

/** Who may train anybody. */
export const supervisors = [
  "training.supervise",
  "training.supervise_organization",
] as const satisfies Permission[];

export function supervisionScope(actor: Actor): SupervisionScope {
  if (may(actor, "training.supervise_organization")) return "organization";
  return may(actor, "training.supervise") ? "departments" : "none";
}

/** Whether the actor trains this person: everybody's, or those of the departments they manage; nobody trains themselves. */
export function supervises(
  actor: Actor,
  { departments }: Pick<Desk, "departments">,
  userId: string,
): boolean {
  const scope = supervisionScope(actor);
  if (scope === "none" || actor.kind === "system" || actor.userId === userId) return false;
  return scope === "organization" || ledBy(actor.userId, departments).includes(userId);
}

/** The people of the departments that somebody manages. */
export const ledBy = (managerId: string, departments: Desk["departments"]): string[] => [
  ...new Set(
    [...departments.values()]
      .filter((department) => department.managerId === managerId)
      .flatMap(({ memberIds }) => [...memberIds]),
  ),
];
