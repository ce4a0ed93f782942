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
  /** The customer's first message, of those after the first response, that no human has answered. */
  firstUnansweredAt: Instant | null;
  nextResponseDueAt: Instant | null;
  resolutionDueAt: Instant | null;
  resolvedAt: Instant | null;
  closedAt: Instant | null;
  lastCustomerMessageAt: Instant | null;
  lastPublicReplyAt: Instant | null;
  mergedIntoId: string | null;
  tagIds: readonly string[];
  /** Those who follow it and may see it. */
  followerIds: readonly string[];
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

/** A text stands for itself. */
export const worded = (text: string): Labelled => ({ id: "", label: text });

/** Several things in one place of a change, in the order of their names, or null where there is none. */
export function together(all: readonly Labelled[]): Labelled | null {
  if (all.length === 0) return null;
  const sorted = all.toSorted((a, b) => (a.label < b.label ? -1 : 1));
  return { id: sorted.map(({ id }) => id).join(","), label: sorted.map(({ label }) => label).join(", ") };
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
  "ticket_reopened",
  "title_changed",
  "description_changed",
  "tags_changed",
  "followers_changed",
  "link_added",
  "link_removed",
  "sla_warning",
  "sla_breached",
] as const;

export type TicketEventKind = (typeof ticketEventKinds)[number];

/** What the clocks do by themselves, whoever notices it. */
export const clockEventKinds = ["sla_warning", "sla_breached"] as const satisfies TicketEventKind[];
export type ClockEventKind = (typeof clockEventKinds)[number];

export const isClockEvent = (kind: TicketEventKind): kind is ClockEventKind =>
  (clockEventKinds as readonly TicketEventKind[]).includes(kind);

/** What is not of the ticket's own fields: an open form is none the wiser for it. */
const besideFields: readonly TicketEventKind[] = [
  "followers_changed",
  "link_added",
  "link_removed",
  ...clockEventKinds,
];

export const changesFields = (kind: TicketEventKind): boolean => !besideFields.includes(kind);

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
