import type { Instant } from "../instant.ts";
import type { Belonging } from "./access.ts";
import type { FieldValues } from "./fields.ts";
import type { Priority, SlaMetric, Source, Visibility } from "../values.ts";

/** A ticket's row, as rules see it. */
export interface Ticket {
  id: string;
  title: string;
  statusId: string;
  priority: Priority;
  source: Source;
  /** The stage of a training session: the desk does not see, count or tell it. */
  isSimulated: boolean;
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
  /** Null but for a ticket that is merged into another. */
  merge: Merge | null;
  tagIds: readonly string[];
  fields: FieldValues;
  /** Those who follow it and may see it. */
  followerIds: readonly string[];
  /** Of its followers and its assignee, those whose role reads notes. */
  noteReaderIds: readonly string[];
  /** Customers in copy: they see the ticket, and write on it, as its own customer does. */
  ccIds: readonly string[];
  lastEventSequence: number;
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

/** What a ticket is called by people, with what tells who may see it. */
export interface MergeTarget extends Belonging {
  id: string;
  number: number;
}

/** Where a merged ticket went, and what the undo gives back to it. */
export interface Merge {
  into: MergeTarget;
  /** The status it had. */
  statusId: string;
  /** The clocks that the merge cancelled. */
  openMetrics: readonly SlaMetric[];
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

/** The ids of what was put together. */
export const apart = (all: Labelled | null): string[] => (all === null ? [] : all.id.split(","));

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
  "fields_changed",
  "followers_changed",
  "cc_changed",
  "reply_edited",
  "note_edited",
  "link_added",
  "link_removed",
  "attachment_removed",
  "merged_into",
  "unmerged",
  "merge_received",
  "merge_undone",
  "split_off",
  "reply_moved",
  "note_moved",
  "sla_warning",
  "sla_breached",
  "sla_escalated",
  "rating_received",
] as const;

export type TicketEventKind = (typeof ticketEventKinds)[number];

/** What the clocks do by themselves, whoever notices it. */
export const clockEventKinds = [
  "sla_warning",
  "sla_breached",
  "sla_escalated",
] as const satisfies TicketEventKind[];
export type ClockEventKind = (typeof clockEventKinds)[number];

export const isClockEvent = (kind: TicketEventKind): kind is ClockEventKind =>
  (clockEventKinds as readonly TicketEventKind[]).includes(kind);

/** What is not of the ticket's own fields: an open form is none the wiser for it. */
const besideFields: readonly TicketEventKind[] = [
  "followers_changed",
  "cc_changed",
  "reply_edited",
  "note_edited",
  "link_added",
  "link_removed",
  "attachment_removed",
  "rating_received",
  "merge_received",
  "merge_undone",
  "reply_moved",
  "note_moved",
  ...clockEventKinds,
];

export const changesFields = (kind: TicketEventKind): boolean => !besideFields.includes(kind);

/** What leaves all but the count of events as it is: whoever does not see notes must not notice it either. */
export const quietKinds: readonly TicketEventKind[] = [
  "note_added",
  "note_edited",
  "followers_changed",
  "attachment_removed",
];

export const isQuiet = (kind: TicketEventKind): boolean => quietKinds.includes(kind);

/** What customers see of a ticket's history. */
export const kindsForCustomers = [
  "ticket_opened",
  "reply_added",
  "reply_edited",
  "status_changed",
  "cc_changed",
  "reply_moved",
  "merged_into",
  "unmerged",
] as const satisfies TicketEventKind[];

/** One thing that happened to a ticket. `sequence` orders the events of a ticket without gaps. */
export interface TicketEvent {
  kind: TicketEventKind;
  sequence: number;
  changes: Record<string, Change>;
  commentId: string | null;
  /** Whom its comment mentions for the first time. */
  mentionIds?: readonly string[];
}

export interface Comment {
  id: string;
  visibility: Visibility;
  body: string;
}
