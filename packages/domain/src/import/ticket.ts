import type { Instant } from "../instant.ts";
import { type SlaCycle, choosePolicy, dueCacheOf } from "../sla/index.ts";
import type { Desk, Department } from "../ticket/desk.ts";
import { type FoldedTicket, type PastEvent, foldClocks } from "../ticket/fold-clocks.ts";
import type { FieldValues } from "../ticket/fields.ts";
import { labelOf } from "../ticket/situation.ts";
import type { Status } from "../ticket/status.ts";
import { type Change, type Labelled, type Ticket, together } from "../ticket/ticket.ts";
import type { Source, Visibility } from "../values.ts";
import { importedFields } from "./fields.ts";
import type { TicketLine } from "./line.ts";
import { type LineProblem, problem } from "./read-line.ts";

/** A person whom a line names. */
export interface NamedPerson extends Labelled {
  isActive: boolean;
  /** Whether their role has tickets given to it. */
  canWork: boolean;
  isStaff: boolean;
}

export interface TicketReferences {
  /** By address. */
  people: ReadonlyMap<string, NamedPerson>;
  /** By name. */
  departments: ReadonlyMap<string, Department>;
  /** By name. */
  tags: ReadonlyMap<string, Labelled>;
}

export interface ImportedComment {
  authorId: string | null;
  sequence: number;
  visibility: Visibility;
  body: string;
  source: Source;
  createdAt: Instant;
}

export interface ImportedTicket {
  ticket: Ticket;
  createdById: string;
  description: string;
  events: PastEvent[];
  comments: ImportedComment[];
  cycles: SlaCycle[];
}

type Event = Omit<PastEvent, "sequence" | "rulesVersion"> & { comment?: Omit<ImportedComment, "sequence"> };

/**
 * A ticket as if it had been worked on here: its history is made of what the line tells, and its clocks are counted
 * from that by the rules of now. What was missed long ago is known as missed, and tells nobody any more.
 */
export function importTicket(
  desk: Desk,
  id: string,
  line: TicketLine,
  references: TicketReferences,
  now: Instant,
): { imported: ImportedTicket } | { problems: LineProblem[] } {
  const problems: LineProblem[] = [];
  const fail = (...args: Parameters<typeof problem>) => void problems.push(problem(...args));
  const person = (field: string, email: string | null): NamedPerson | null => {
    const found = email === null ? null : (references.people.get(email) ?? null);
    if (email !== null && !found) fail(field, "unknown", email);
    return found;
  };
  const customer = person("customer", line.customer);
  const opener = line.createdBy === null ? customer : person("createdBy", line.createdBy);
  const assignee = person("assignee", line.assignee);
  const department = line.department === null ? null : references.departments.get(line.department);
  if (department === undefined) fail("department", "unknown", line.department);
  const status = line.status === null ? desk.statuses.initial : statusOf(desk, line.status);
  if (!status) fail("status", "unknown", line.status);
  const cc = line.cc.map((email, i) => person(`cc.${i}`, email));
  cc.forEach((each, i) => each?.isStaff && fail(`cc.${i}`, "not_eligible", line.cc[i]));
  const { values: fields, problems: fieldProblems } = importedFields(desk.fields, line.fields);
  problems.push(...fieldProblems);

  const createdAt = line.createdAt ?? now;
  const comments = line.comments.map((comment, i) => ({
    ...comment,
    authorId: person(`comments.${i}.author`, comment.author)?.id ?? null,
  }));
  const instants: [string, Instant | null][] = [
    ["createdAt", line.createdAt],
    ["updatedAt", line.updatedAt],
    ["resolvedAt", line.resolvedAt],
    ["closedAt", line.closedAt],
    ...line.comments.map(({ createdAt: at }, i): [string, Instant] => [`comments.${i}.createdAt`, at]),
  ];
  for (const [field, at] of instants) {
    if (at !== null && at > now) fail(field, "in_future", at);
    else if (at !== null && at < createdAt) fail(field, "before_creation", at);
  }
  if (status && line.resolvedAt !== null && !status.isResolved)
    fail("resolvedAt", "contradictory", line.resolvedAt);
  if (status && line.closedAt !== null && status.category !== "closed")
    fail("closedAt", "contradictory", line.closedAt);
  if (line.resolvedAt !== null && line.closedAt !== null && line.closedAt < line.resolvedAt)
    fail("closedAt", "contradictory", line.closedAt);
  // Whoever did what is done may do other things by now.
  if (assignee && !status?.isResolved && !(assignee.canWork && assignee.isActive))
    fail("assignee", "not_eligible", line.assignee);
  if (problems.length > 0 || !customer || !opener || !status || department === undefined)
    return { problems: problems.slice(0, 20) };

  const ccs = [...new Map(cc.map((each) => [each!.id, each!])).values()].filter(
    ({ id: its }) => its !== customer.id,
  );
  const tags = [...new Set(line.tags)].map((name) => references.tags.get(name)!);
  const lastAt = comments.reduce((last, { createdAt: at }) => (at > last ? at : last), createdAt);
  const updatedAt = line.updatedAt ?? line.closedAt ?? line.resolvedAt ?? lastAt;
  const closedAt = status.category === "closed" ? (line.closedAt ?? line.resolvedAt ?? updatedAt) : null;
  const resolvedAt = status.isResolved ? (line.resolvedAt ?? closedAt ?? updatedAt) : null;

  const moves = movesTo(desk, status, { resolvedAt, closedAt, updatedAt });
  const firstStatus = moves[0]?.from ?? status;
  const by = (actorId: string | null) => ({
    actorId,
    actorKind: actorId === null ? ("system" as const) : ("user" as const),
  });
  const set = (to: Labelled | null): Change => ({ from: null, to });
  const named = ({ id: its, label }: Labelled): Labelled => ({ id: its, label });
  const beginning: Event[] = [
    {
      kind: "ticket_opened",
      at: createdAt,
      ...by(opener.id),
      changes: {
        status: set(labelOf(firstStatus)),
        priority: set({ id: line.priority, label: line.priority }),
        department: set(department && { id: department.id, label: department.name }),
        ...(assignee && { assignee: set(named(assignee)) }),
      },
    },
  ];
  if (tags.length > 0)
    beginning.push({
      kind: "tags_changed",
      at: createdAt,
      ...by(opener.id),
      changes: { tags: set(together(tags)) },
    });
  if (ccs.length > 0)
    beginning.push({
      kind: "cc_changed",
      at: createdAt,
      ...by(opener.id),
      changes: { cc: set(together(ccs.map(named))) },
    });
  const rest: Event[] = [
    ...comments.map(({ authorId, visibility, body, source, createdAt: at }): Event => ({
      kind: visibility === "public" ? "reply_added" : "note_added",
      at,
      ...by(authorId),
      changes: {},
      comment: { authorId, visibility, body, source, createdAt: at },
    })),
    ...moves.map(({ from, to, at }): Event => ({
      kind: "status_changed",
      at,
      ...by(assignee?.id ?? null),
      changes: { status: { from: labelOf(from), to: labelOf(to) } },
    })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const all = [...beginning, ...rest];
  const events = all.map(({ kind, at, actorId, actorKind, changes }, i) => ({
    kind,
    at,
    actorId,
    actorKind,
    changes,
    sequence: i + 1,
    rulesVersion: desk.rulesVersion,
  }));
  const written = all.flatMap(({ comment }, i) => (comment ? [{ ...comment, sequence: i + 1 }] : []));

  const folded: FoldedTicket = { customerId: customer.id, source: line.source };
  const clocks = foldClocks(desk, folded, { events }, now);
  const facts = clocks.facts!;
  const cycles = clocks.cycles.map(quieted);
  const isAsking = ({ authorId, visibility }: ImportedComment) =>
    visibility === "public" && (authorId === customer.id || ccs.some(({ id: its }) => its === authorId));
  const lastOf = (wanted: (comment: ImportedComment) => boolean): Instant | null =>
    written.findLast(wanted)?.createdAt ?? null;
  return {
    imported: {
      createdById: opener.id,
      description: line.description,
      events,
      comments: written,
      cycles,
      ticket: {
        id,
        title: line.title.trim(),
        statusId: status.id,
        priority: line.priority,
        source: line.source,
        isSimulated: false,
        customerId: customer.id,
        assigneeId: assignee?.id ?? null,
        departmentId: department?.id ?? null,
        slaPolicyId: choosePolicy(desk.policies, facts)?.policy.id ?? null,
        ...dueCacheOf(cycles),
        firstRespondedAt: facts.firstRespondedAt,
        firstUnansweredAt: facts.firstUnansweredAt,
        resolvedAt,
        closedAt,
        lastCustomerMessageAt: lastOf(isAsking) ?? (opener.id === customer.id ? createdAt : null),
        lastPublicReplyAt: lastOf(
          (comment) => comment.visibility === "public" && comment.authorId !== null && !isAsking(comment),
        ),
        merge: null,
        tagIds: tags.map(({ id: its }) => its).toSorted(),
        fields: fields as FieldValues,
        followerIds: [],
        noteReaderIds: [],
        ccIds: ccs.map(({ id: its }) => its),
        lastEventSequence: events.length,
        version: 1,
        createdAt,
        updatedAt,
      },
    },
  };
}

const statusOf = ({ statuses }: Desk, key: string): Status | undefined =>
  statuses.statuses.find((status) => status.key === key);

/** What took it to its status: of what is resolved and closed, both at their instants. */
function movesTo(
  { statuses }: Desk,
  status: Status,
  {
    resolvedAt,
    closedAt,
    updatedAt,
  }: { resolvedAt: Instant | null; closedAt: Instant | null; updatedAt: Instant },
): { from: Status; to: Status; at: Instant }[] {
  const { initial } = statuses;
  if (status.id === initial.id) return [];
  const resolved = statuses.firstIn("resolved");
  if (closedAt !== null && resolved && resolvedAt! < closedAt)
    return [
      { from: initial, to: resolved, at: resolvedAt! },
      { from: resolved, to: status, at: closedAt },
    ];
  return [{ from: initial, to: status, at: closedAt ?? resolvedAt ?? updatedAt }];
}

/** What is broken already takes no steps for it. */
const quieted = (cycle: SlaCycle): SlaCycle =>
  cycle.breachedAt === null ? cycle : { ...cycle, escalateAfterSeconds: null, escalationAt: null };
