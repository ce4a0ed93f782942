import type { Permission } from "../identity/permission.ts";
import { actorUserId } from "../identity/actor.ts";
import { departmentReaders } from "../identity/department.ts";
import { expectVersion, refuse } from "../refusal.ts";
import { isOnCustomersSide } from "./access.ts";
import { type Decision, type Happening, decide } from "./decision.ts";
import { type Situation, expectNotClosed } from "./situation.ts";
import type { Labelled, Ticket } from "./ticket.ts";

/** A person who may be given a ticket, as far as the rule looks at them. */
export interface Candidate {
  id: string;
  name: string;
  isActive: boolean;
  permissions: ReadonlySet<Permission>;
  departmentIds: ReadonlySet<string>;
}

/** Whether somebody sees the ticket whoever has it: assigned to them it would be seen anyway. */
export const isAbleToSee = (candidate: Candidate, ticket: Ticket): boolean =>
  candidate.permissions.has("ticket.read_organization") ||
  (candidate.permissions.has("ticket.read_departments") &&
    (ticket.departmentId === null || candidate.departmentIds.has(ticket.departmentId)));

/** Eligible are active people who may take tickets and can see this one. */
export const isEligible = (candidate: Candidate, ticket: Ticket): boolean =>
  candidate.isActive &&
  candidate.permissions.has("ticket.take") &&
  !isOnCustomersSide(candidate.id, ticket) &&
  isAbleToSee(candidate, ticket);

export const reassign = (from: Labelled | null, to: Labelled | null): Happening => ({
  kind: "assignee_changed",
  patch: { assigneeId: to?.id ?? null },
  change: { assignee: { from, to } },
});

/** Whoever has the ticket lets go of it: they can no longer work on any. */
export const release = (situation: Situation, assignee: Labelled): Decision =>
  decide(situation, [reassign(assignee, null)]);

/** Whether there is any ticket that a role with these permissions could be given. */
export const canHaveTickets = (permissions: ReadonlySet<Permission>): boolean =>
  permissions.has("ticket.take") && departmentReaders.some((permission) => permissions.has(permission));

/** Whether somebody who has tickets may go on having them. */
export const canWork = ({ isActive, permissions }: Candidate): boolean =>
  isActive && canHaveTickets(permissions);

/**
 * Gives the ticket to `candidate`, or to nobody where it is null; to whom has it, changes nothing.
 * @throws RefusalError `ticket.closed`, `version.conflict`, `assignee.not_eligible`.
 */
export function assign(
  situation: Situation,
  input: { candidate: Candidate | null; assignee: Labelled | null; version: number },
): Decision {
  const { ticket } = situation;
  const { candidate, assignee } = input;
  expectVersion(ticket, input.version);
  expectNotClosed(situation);
  if ((candidate?.id ?? null) === ticket.assigneeId) return decide(situation, []);
  if (candidate && !isEligible(candidate, ticket)) refuse({ code: "assignee.not_eligible" });
  return decide(situation, [reassign(assignee, candidate && { id: candidate.id, label: candidate.name })]);
}

/**
 * The actor takes an unassigned ticket; taking one's own again changes nothing.
 * @throws RefusalError `ticket.closed`, `ticket.already_assigned`, `assignee.not_eligible`.
 */
export function take(situation: Situation, input: { candidate: Candidate }): Decision {
  const { ticket, actor } = situation;
  expectNotClosed(situation);
  if (ticket.assigneeId && ticket.assigneeId !== actorUserId(actor)) {
    refuse({ code: "ticket.already_assigned", assigneeId: ticket.assigneeId });
  }
  return assign(situation, { ...input, assignee: null, version: ticket.version });
}

/**
 * The actor lets go of a ticket of their own; one that nobody has stays as it is.
 * @throws RefusalError `ticket.closed`, `version.conflict`, `ticket.already_assigned`.
 */
export function letGo(situation: Situation, input: { assignee: Labelled | null; version: number }): Decision {
  const { ticket, actor } = situation;
  expectVersion(ticket, input.version);
  expectNotClosed(situation);
  if (ticket.assigneeId !== null && ticket.assigneeId !== actorUserId(actor)) {
    refuse({ code: "ticket.already_assigned", assigneeId: ticket.assigneeId });
  }
  return assign(situation, { ...input, candidate: null });
}
