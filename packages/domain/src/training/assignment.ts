import type { Instant } from "../instant.ts";
import { refuse } from "../refusal.ts";
import type { Permission } from "../identity/permission.ts";

export const assignmentStates = ["open", "overdue", "done", "done_late", "cancelled"] as const;
export type AssignmentState = (typeof assignmentStates)[number];

export interface AssignmentDates {
  dueAt: Instant | null;
  cancelledAt: Instant | null;
  /** When they first passed the scenario after it was assigned. */
  completedAt: Instant | null;
}

/** Where an assignment stands: whether it is done is read from sessions, so it needs no keeping. */
export function assignmentState(
  { dueAt, cancelledAt, completedAt }: AssignmentDates,
  at: Instant,
): AssignmentState {
  if (cancelledAt !== null) return "cancelled";
  if (completedAt !== null) return dueAt !== null && completedAt > dueAt ? "done_late" : "done";
  return dueAt !== null && at > dueAt ? "overdue" : "open";
}

/** Somebody who may be given a scenario to pass. */
export interface Assignee {
  id: string;
  isActive: boolean;
  permissions: ReadonlySet<Permission>;
}

export const canBeAssigned = ({ isActive, permissions }: Assignee): boolean =>
  isActive && permissions.has("training.practise");

/**
 * @param supervised whether the actor supervises a person.
 * @throws RefusalError `assignment.not_eligible` with those who do not practise, are not supervised, or are not there.
 */
export function expectAssignable(
  userIds: readonly string[],
  people: readonly Assignee[],
  supervised: (userId: string) => boolean,
): void {
  const eligible = new Set(people.filter(canBeAssigned).map(({ id }) => id));
  const wrong = userIds.filter((id) => !eligible.has(id) || !supervised(id));
  if (wrong.length > 0 || userIds.length === 0) refuse({ code: "assignment.not_eligible", userIds: wrong });
}

/** @throws RefusalError `input.invalid` for a day that is over. */
export function expectLater(dueAt: Instant | null, at: Instant): void {
  if (dueAt !== null && dueAt <= at)
    refuse({ code: "input.invalid", issues: [{ path: ["dueAt"], message: "must be in the future" }] });
}
