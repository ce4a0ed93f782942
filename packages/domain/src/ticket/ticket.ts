import type { Instant } from "../instant.ts";
import type { Priority, Source, Visibility } from "../values.ts";

/** A ticket's row, as rules see it. */
export interface Ticket {
  id: string;
  title: string;
  statusId: string;
  priority: Priority;
  source: Source;
  customerId: string;
  assigneeId: string | null;
  departmentId: string | null;
  slaPolicyId: string | null;
  firstResponseDueAt: Instant | null;
  firstRespondedAt: Instant | null;
  resolutionDueAt: Instant | null;
  resolvedAt: Instant | null;
  closedAt: Instant | null;
  lastCustomerMessageAt: Instant | null;
  lastPublicReplyAt: Instant | null;
  lastEventSequence: number;
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

/** A thing a history row points to, with the name it had then. */
export interface Labelled {
  id: string;
  label: string;
}

export interface Change {
  from: Labelled | null;
  to: Labelled | null;
}

export const ticketEventKinds = [
  "ticket_opened",
  "reply_added",
  "note_added",
  "status_changed",
  "priority_changed",
  "assignee_changed",
  "department_changed",
] as const;

export type TicketEventKind = (typeof ticketEventKinds)[number];

/** What customers see of a ticket's history. */
export const kindsForCustomers = [
  "ticket_opened",
  "reply_added",
  "status_changed",
] as const satisfies TicketEventKind[];

/** One thing that happened to a ticket. `sequence` orders the events of a ticket without gaps. */
export interface TicketEvent {
  kind: TicketEventKind;
  sequence: number;
  changes: Record<string, Change>;
  commentId: string | null;
}

export interface Comment {
  id: string;
  visibility: Visibility;
  body: string;
}
