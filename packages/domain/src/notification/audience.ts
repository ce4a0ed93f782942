import { type Actor, actorUserId } from "../identity/actor.ts";
import type { Decision } from "../ticket/decision.ts";
import { type Desk, managersOf } from "../ticket/desk.ts";
import { isCustomerOf, isOnCustomersSide } from "../ticket/access.ts";
import { type Ticket, type TicketEvent, apart, isClockEvent, isQuiet } from "../ticket/ticket.ts";
import type { NotificationKind } from "../values.ts";

export interface NotificationDraft {
  kind: NotificationKind;
  userId: string;
}

/**
 * Who is told of a decision: nobody of their own act, and each person once, of what concerns them most. Of a simulated
 * ticket nobody is told.
 */
export function notificationsOf(decision: Decision, desk: Desk, actor: Actor): NotificationDraft[] {
  if (decision.ticket.isSimulated) return [];
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
  sla_escalated: 7,
  sla_breached: 6,
  sla_warning: 5,
  mention: 4,
  ticket_assigned: 3,
  attachment_rejected: 1,
  rating_received: 1,
  training_assigned: 1,
  review_written: 1,
  webhook_stopped: 1,
  ticket_received: 1,
  ticket_created: 2,
  comment_added: 1,
  ticket_updated: 0,
};

type Told = [userId: string | null, kind: NotificationKind];

const as = (kind: NotificationKind, userIds: readonly (string | null)[]): Told[] =>
  userIds.map((id) => [id, kind]);

const mentioned = ({ mentionIds = [] }: TicketEvent): Told[] => as("mention", mentionIds);

const customersSide = ({ customerId, ccIds }: Ticket): string[] => [customerId, ...ccIds];

function audience(event: TicketEvent, { before, ticket }: Decision, desk: Desk, actor: Actor): Told[] {
  switch (event.kind) {
    case "ticket_opened":
      return [
        [ticket.customerId, "ticket_created"],
        ...queueOf(ticket, desk).map((id): Told => [id, "ticket_created"]),
      ];
    case "reply_added":
      return [
        ...mentioned(event),
        ...as("comment_added", customersSide(ticket)),
        ...as("comment_added", isCustomerOf(actor, ticket) ? worksOn(ticket, desk) : [ticket.assigneeId]),
      ];
    case "note_added":
      return [...mentioned(event), ...as("comment_added", readers(ticket, [ticket.assigneeId]))];
    case "reply_edited":
      return [
        ...mentioned(event),
        ...as("ticket_updated", isCustomerOf(actor, ticket) ? worksOn(ticket, desk) : [ticket.assigneeId]),
      ];
    case "note_edited":
    case "attachment_removed":
      return [...mentioned(event), ...as("ticket_updated", readers(ticket, [ticket.assigneeId]))];
    case "assignee_changed":
      return [
        [ticket.assigneeId, "ticket_assigned"],
        [before?.assigneeId ?? null, "ticket_updated"],
        // What the product puts back lands in the queue as a new ticket does.
        ...as("ticket_created", actor.kind === "system" ? worksOn(ticket, desk) : []),
      ];
    case "status_changed":
    case "merged_into":
    case "unmerged":
      return as("ticket_updated", [...customersSide(ticket), ticket.assigneeId]);
    case "reply_moved":
    case "note_moved":
      return [];
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
    case "fields_changed":
    case "link_added":
    case "merge_received":
    case "merge_undone":
    case "split_off":
    case "link_removed":
      return [[ticket.assigneeId, "ticket_updated"]];
    case "followers_changed":
      return as(
        "ticket_updated",
        ticket.followerIds.filter((id) => !before?.followerIds.includes(id)),
      );
    case "cc_changed":
      return as(
        "ticket_updated",
        ticket.ccIds.filter((id) => !before?.ccIds.includes(id)),
      );
    case "rating_received":
      return [[ticket.assigneeId, "rating_received"]];
    case "sla_warning":
      return worksOn(ticket, desk).map((id): Told => [id, "sla_warning"]);
    case "sla_breached":
      return [...worksOn(ticket, desk), ...managersOf(ticket, desk)].map((id): Told => [id, "sla_breached"]);
    case "sla_escalated":
      return as("sla_escalated", apart(event.changes["told"]?.to ?? null));
  }
}

/** Of these, who reads the ticket's notes: whoever does not must not notice what is quiet either. */
const readers = (ticket: Ticket, userIds: readonly (string | null)[]): (string | null)[] =>
  userIds.filter((id) => id !== null && ticket.noteReaderIds.includes(id) && !isOnCustomersSide(id, ticket));

/** Followers hear of what anybody does to the ticket; of its clocks and of each other they do not. */
function followersTold({ kind }: TicketEvent, { ticket }: Decision): Told[] {
  if (kind === "followers_changed" || isClockEvent(kind)) return [];
  const told = kind === "reply_added" || kind === "note_added" ? "comment_added" : "ticket_updated";
  const followers = ticket.followerIds.filter((id) => !isOnCustomersSide(id, ticket));
  return as(told, isQuiet(kind) ? readers(ticket, followers) : followers);
}

/**
 * Those in whose queue a ticket lands, but for its customer and those in copy: the members of its department,
 * or every department's manager while it has none.
 */
function queueOf(ticket: Ticket, desk: Desk): (string | null)[] {
  return teamOf(ticket, desk).filter((userId) => userId === null || !isOnCustomersSide(userId, ticket));
}

const teamOf = (ticket: Ticket, desk: Desk): (string | null)[] => [
  ...(departmentOf(ticket, desk)?.memberIds ?? []),
  ...managersOf(ticket, desk),
];

const departmentOf = ({ departmentId }: Ticket, desk: Desk) =>
  departmentId === null ? undefined : desk.departments.get(departmentId);

const worksOn = (ticket: Ticket, desk: Desk): (string | null)[] =>
  ticket.assigneeId === null ? queueOf(ticket, desk) : [ticket.assigneeId];
