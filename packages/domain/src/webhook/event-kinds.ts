import type { Instant } from "../instant.ts";
import { type TicketEventKind, ticketEventKinds } from "../ticket/ticket.ts";

/** What happens to tickets, as whoever builds a receiver reads it. */
export const eventKindMeanings: Record<TicketEventKind, string> = {
  ticket_opened: "A ticket was opened.",
  reply_added: "A public comment was written.",
  note_added: "An internal note was written.",
  status_changed: "The ticket moved to another status.",
  priority_changed: "The priority changed.",
  assignee_changed: "The ticket was assigned, taken, or let go of.",
  department_changed: "The ticket moved to another department.",
  ticket_reopened: "A closed ticket was reopened.",
  title_changed: "The title changed.",
  description_changed: "The description changed.",
  tags_changed: "Tags were added or removed.",
  fields_changed: "Custom fields changed.",
  followers_changed: "Somebody follows the ticket, or no longer does.",
  cc_changed: "Customers were put in copy, or taken out.",
  reply_edited: "A public comment was edited.",
  note_edited: "An internal note was edited.",
  link_added: "The ticket was linked with another.",
  link_removed: "A link with another ticket was removed.",
  attachment_removed: "A file was removed.",
  merged_into: "The ticket was merged into another.",
  unmerged: "The merge of the ticket into another was undone.",
  merge_received: "Another ticket was merged into this one.",
  merge_undone: "The merge of another ticket into this one was undone.",
  split_off: "A part of the ticket became a ticket of its own.",
  reply_moved: "A public comment was moved here by a split.",
  note_moved: "An internal note was moved here by a split.",
  sla_warning: "A clock of the ticket is about to run out.",
  sla_breached: "A clock of the ticket ran out.",
  sla_escalated: "A step of an escalation was taken.",
  rating_received: "The customer rated the resolution.",
};

/** Every kind there is, and every one there will be. */
export const allKinds = "*";

export const webhookEventKinds = [allKinds, ...ticketEventKinds] as const;
export type WebhookEventKind = (typeof webhookEventKinds)[number];

/** What a test sends. */
export const pingKind = "ping";

interface Listening {
  eventKinds: readonly string[];
  activeSince: Instant;
}

/** Whether a webhook is to be told of an event: of nothing that happened before it was switched on. */
export const wants = ({ eventKinds, activeSince }: Listening, event: { kind: string; at: Instant }) =>
  event.at >= activeSince && (eventKinds.includes(allKinds) || eventKinds.includes(event.kind));
