import type { Caller } from "./caller.ts";

interface Person {
  id: string;
  name: string;
}

/** A ticket with its relations, as both ORMs give it. */
export interface TicketRow {
  id: string;
  number: number;
  title: string;
  priority: string;
  source: string;
  firstResponseDueAt: Date | null;
  firstRespondedAt: Date | null;
  nextResponseDueAt: Date | null;
  resolutionDueAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  mergedIntoId: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  status: { key: string; category: string };
  customer: Person;
  assignee: Person | null;
  department: Person | null;
  slaCycles: { metric: string; breachedAt: Date | null }[];
}

export interface HeaderRow extends TicketRow {
  status: TicketRow["status"] & { transitions: { to: { key: string; position: number } }[] };
}

interface AttachmentRow {
  id: string;
  name: string;
  contentType: string | null;
  sizeBytes: number;
  state: string;
}

export interface WholeRow extends HeaderRow {
  description: string;
  cc: { user: Person }[];
  tags: { tag: { name: string } }[];
  followers: { user: Person }[];
  attachments: AttachmentRow[];
  slaCycles: {
    metric: string;
    state: string;
    targetSeconds: number;
    dueAt: Date | null;
    breachedAt: Date | null;
    warnedAt: Date | null;
    satisfiedAt: Date | null;
  }[];
  history: {
    id: string;
    sequence: number;
    kind: string;
    at: Date;
    changes: unknown;
    actor: Person | null;
  }[];
  comments: {
    id: string;
    sequence: number;
    visibility: string;
    body: string;
    source: string;
    version: number;
    createdAt: Date;
    editedAt: Date | null;
    author: Person | null;
    attachments: AttachmentRow[];
  }[];
}

/** How many entries a ticket is shown with. */
export const TIMELINE_ENTRIES = 100;

export const kindsForCustomers = [
  "ticket_opened",
  "reply_added",
  "reply_edited",
  "status_changed",
  "cc_changed",
];

export function toSummary(ticket: TicketRow) {
  const now = new Date();
  const isBreached = (metric: string, dueAt: Date | null) =>
    ticket.slaCycles.some((cycle) => cycle.metric === metric && cycle.breachedAt !== null) ||
    (dueAt !== null && dueAt < now);
  return {
    id: ticket.id,
    number: ticket.number,
    title: ticket.title,
    status: ticket.status.key,
    statusCategory: ticket.status.category,
    priority: ticket.priority,
    source: ticket.source,
    customer: person(ticket.customer),
    assignee: ticket.assignee && person(ticket.assignee),
    department: ticket.department && person(ticket.department),
    firstResponseDueAt: ticket.firstResponseDueAt,
    firstRespondedAt: ticket.firstRespondedAt,
    isFirstResponseBreached: isBreached("first_response", ticket.firstResponseDueAt),
    nextResponseDueAt: ticket.nextResponseDueAt,
    isNextResponseBreached: isBreached("next_response", ticket.nextResponseDueAt),
    resolutionDueAt: ticket.resolutionDueAt,
    resolvedAt: ticket.resolvedAt,
    isResolutionBreached: isBreached("resolution", ticket.resolutionDueAt),
    closedAt: ticket.closedAt,
    isMerged: ticket.mergedIntoId !== null,
    version: ticket.version,
    createdAt: ticket.createdAt,
    updatedAt: ticket.updatedAt,
  };
}

const person = ({ id, name }: Person): Person => ({ id, name });

export const toHeader = (ticket: HeaderRow, caller: Caller) => ({
  ...toSummary(ticket),
  allowed: caller.isCustomer
    ? []
    : ticket.status.transitions
        .map(({ to }) => to)
        .sort((a, b) => a.position - b.position)
        .map(({ key }) => key),
});

export function toTicket(ticket: WholeRow, caller: Caller) {
  const now = new Date();
  const comments = new Map(ticket.comments.map((comment) => [comment.sequence, comment]));
  return {
    ...toHeader(ticket, caller),
    description: ticket.description,
    cc: ticket.cc.map(({ user }) => person(user)),
    tags: caller.isCustomer ? [] : ticket.tags.map(({ tag }) => tag.name),
    followers: caller.isCustomer ? [] : ticket.followers.map(({ user }) => person(user)),
    clocks: ticket.slaCycles.map((cycle) => ({
      ...cycle,
      isBreached: cycle.breachedAt !== null || (cycle.state === "running" && cycle.dueAt! < now),
    })),
    timeline: ticket.history.toReversed().map((line) => {
      const comment = comments.get(line.sequence);
      return {
        id: line.id,
        ticket: { id: ticket.id, number: ticket.number },
        kind: line.kind,
        at: line.at,
        actor: line.actor && person(line.actor),
        changes: line.changes,
        comment: comment
          ? {
              id: comment.id,
              visibility: comment.visibility,
              author: comment.author && person(comment.author),
              createdAt: comment.createdAt,
              body: comment.body,
              source: comment.source,
              version: comment.version,
              editedAt: comment.editedAt,
            }
          : null,
        attachments: comment?.attachments ?? (line.kind === "ticket_opened" ? ticket.attachments : []),
      };
    }),
  };
}

export const toPage = (rows: TicketRow[], limit: number) => ({
  items: rows.slice(0, limit).map(toSummary),
  nextCursor: rows.length > limit ? rows[limit - 1]!.id : null,
});
