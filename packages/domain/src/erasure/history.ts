import { type TicketEventKind, ticketEventKinds } from "../ticket/ticket.ts";

/** Whether a kind of event tells what somebody wrote. What is named there by an id, and clocks are folded by, is no text. */
const tellsTexts: Record<TicketEventKind, boolean> = {
  ticket_opened: false,
  reply_added: false,
  note_added: false,
  status_changed: false,
  priority_changed: false,
  assignee_changed: false,
  department_changed: false,
  ticket_reopened: true,
  title_changed: true,
  description_changed: true,
  tags_changed: false,
  fields_changed: true,
  followers_changed: false,
  cc_changed: false,
  reply_edited: false,
  note_edited: false,
  link_added: false,
  link_removed: false,
  attachment_removed: true,
  merged_into: false,
  unmerged: false,
  merge_received: false,
  merge_undone: false,
  split_off: false,
  reply_moved: false,
  note_moved: false,
  sla_warning: false,
  sla_breached: false,
  sla_escalated: false,
  rating_received: false,
};

/** Kinds of events whose changes are texts. */
export const kindsOfTexts: readonly TicketEventKind[] = ticketEventKinds.filter((kind) => tellsTexts[kind]);
