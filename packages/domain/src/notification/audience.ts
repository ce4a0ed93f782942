import { type Actor, actorUserId } from "../identity/actor.ts";
import type { Decision } from "../ticket/decision.ts";
import type { Desk } from "../ticket/desk.ts";
import { isCustomerOf } from "../ticket/access.ts";
import { type Ticket, type TicketEvent, isClockEvent } from "../ticket/ticket.ts";
import type { NotificationKind } from "../values.ts";

export interface NotificationDraft {
  kind: NotificationKind;
  userId: string;
}

/** Who is told of a decision: nobody of their own act, and each person once, of what concerns them most. */
export function notificationsOf(decision: Decision, desk: Desk, actor: Actor): NotificationDraft[] {
  const told = new Map<string, NotificationDraft>();
  const self = actorUserId(actor);
  for (const event of decision.events) {
    const all = [...audience(event, decision, desk, actor), ...followersTold(event, decision)];
    for (const [userId, kind] of all) {
      if (userId === null || userId === self) continue;
      const known = told.get(userId);
      if (!known || weight[kind] > weight[known.kind]) told.set(userId, { kind, userId });
    }
  }
  return [...told.values()];
}

const weight: Record<NotificationKind, number> = {
  sla_breached: 6,
  sla_warning: 5,
  mention: 4,
  ticket_assigned: 3,
  ticket_created: 2,
  comment_added: 1,
  ticket_updated: 0,
};

type Told = [userId: string | null, kind: NotificationKind];

function audience(event: TicketEvent, { before, ticket }: Decision, desk: Desk, actor: Actor): Told[] {
  switch (event.kind) {
    case "ticket_opened":
      return [
        [ticket.customerId, "ticket_created"],
        ...queueOf(ticket, desk).map((id): Told => [id, "ticket_created"]),
      ];
    case "reply_added":
      return isCustomerOf(actor, ticket)
        ? worksOn(ticket, desk).map((id): Told => [id, "comment_added"])
        : [
            [ticket.customerId, "comment_added"],
            [ticket.assigneeId, "comment_added"],
          ];
    case "note_added":
      return [[ticket.assigneeId, "comment_added"]];
    case "assignee_changed":
      return [
        [ticket.assigneeId, "ticket_assigned"],
        [before?.assigneeId ?? null, "ticket_updated"],
      ];
    case "status_changed":
      return [
        [ticket.customerId, "ticket_updated"],
        [ticket.assigneeId, "ticket_updated"],
      ];
    case "priority_changed":
      return [[ticket.assigneeId, "ticket_updated"]];
    case "department_changed":
      return [
        [ticket.assigneeId, "ticket_updated"],
        ...queueOf(ticket, desk).map((id): Told => [id, "ticket_created"]),
      ];
    case "ticket_reopened":
      return [];
    case "title_changed":
    case "description_changed":
    case "tags_changed":
    case "link_added":
    case "link_removed":
      return [[ticket.assigneeId, "ticket_updated"]];
    case "followers_changed":
      return ticket.followerIds
        .filter((id) => !before?.followerIds.includes(id))
        .map((id): Told => [id, "ticket_updated"]);
    case "sla_warning":
      return worksOn(ticket, desk).map((id): Told => [id, "sla_warning"]);
    case "sla_breached":
      return [...worksOn(ticket, desk), ...managersOf(ticket, desk)].map((id): Told => [id, "sla_breached"]);
  }
}

/** Followers hear of what anybody does to the ticket; of its clocks and of each other they do not. */
function followersTold({ kind }: TicketEvent, { ticket }: Decision): Told[] {
  if (kind === "followers_changed" || isClockEvent(kind)) return [];
  const told = kind === "reply_added" || kind === "note_added" ? "comment_added" : "ticket_updated";
  return ticket.followerIds.filter((id) => id !== ticket.customerId).map((id): Told => [id, told]);
}

/**
 * Those in whose queue a ticket lands, but for its customer: the members of its department,
 * or every department's manager while it has none.
 */
function queueOf(ticket: Ticket, desk: Desk): (string | null)[] {
  return teamOf(ticket, desk).filter((userId) => userId !== ticket.customerId);
}

const teamOf = (ticket: Ticket, desk: Desk): (string | null)[] => [
  ...(departmentOf(ticket, desk)?.memberIds ?? []),
  ...managersOf(ticket, desk),
];

/** The manager of its department, or every department's while it has none. */
function managersOf(ticket: Ticket, desk: Desk): (string | null)[] {
  const department = departmentOf(ticket, desk);
  return (department ? [department] : [...desk.departments.values()]).map(({ managerId }) => managerId);
}

const departmentOf = ({ departmentId }: Ticket, desk: Desk) =>
  departmentId === null ? undefined : desk.departments.get(departmentId);

const worksOn = (ticket: Ticket, desk: Desk): (string | null)[] =>
  ticket.assigneeId === null ? queueOf(ticket, desk) : [ticket.assigneeId];
