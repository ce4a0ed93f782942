import { type Actor, actorUserId, may } from "../identity/actor.ts";
import { type Instant, plusSeconds } from "../instant.ts";
import { type Refusal, RefusalError } from "../refusal.ts";
import { type StatusCategory, type Visibility, priorities, visibilities } from "../values.ts";
import { canSee } from "./access.ts";
import { addNote } from "./add-note.ts";
import { type Candidate, assign, letGo, take } from "./assign.ts";
import { applyBundle } from "./bundle.ts";
import { closeResolved } from "./close-resolved.ts";
import { carl, conversationActs } from "./conversation-acts.fixtures.ts";
import type { Decision } from "./decision.ts";
import { ada, adam, after, ben, cleo, cora, labelOfPerson, mia, openedAt, system } from "./desk.fixtures.ts";
import type { Desk } from "./desk.ts";
import { openTicket, type TicketOpening } from "./open.ts";
import { edit } from "./edit.ts";
import { fieldActs } from "./field-acts.fixtures.ts";
import { link, linkOf, ticketRelations, unlink } from "./link.ts";
import { type NumberedSituation, merge, unmerge } from "./merge.ts";
import { reopen } from "./reopen.ts";
import { reply } from "./reply.ts";
import { route } from "./route.ts";
import { setPriority } from "./set-priority.ts";
import { setTags } from "./set-tags.ts";
import { setStatus } from "./set-status.ts";
import type { Situation } from "./situation.ts";
import { type MovedComment, split, splitOff } from "./split.ts";
import type { Labelled, Ticket } from "./ticket.ts";
import { watchClocks } from "./watch-clocks.ts";

const people = [cora, carl, ada, ben, cleo, mia, adam];
export const cast: readonly Actor[] = [...people, system];

const tags: Labelled[] = [
  { id: "a", label: "A" },
  { id: "b", label: "B" },
];

const other = { id: "another ticket", number: 7 };

/** The same, with a number to be called by. */
const called = (s: Situation): NumberedSituation => ({ ...s, ticket: { ...s.ticket, number: 1 } });

/** Another ticket of the same desk, as new. */
const another = (s: Situation): NumberedSituation => {
  const opening = { ...s.ticket, ...other, customerId: "dora" };
  const { ticket, cycles, categories } = openTicket(s.desk, s.actor, openedAt, opening);
  return { ...s, ticket: { ...ticket, number: other.number }, cycles, categories };
};

const mergedInto = (s: Situation): NumberedSituation => {
  const { ticket, ...rest } = another(s);
  const into = { ...s.ticket, number: 1 };
  return { ...rest, ticket: { ...ticket, merge: { into, statusId: ticket.statusId, openMetrics: [] } } };
};

const written = (visibility: Visibility, authorId: string): MovedComment => ({
  id: `${visibility} comment of ${authorId}`,
  authorId,
  visibility,
});

/** Each act with the permission it takes; `pick` chooses among what it could be given, wrong things included. */
const acts = {
  ...fieldActs,
  ...conversationActs,
  reply: ["ticket.reply", (s, pick) => reply(s, { commentId: `comment ${pick}`, body: "Hello" })],
  add_note: ["ticket.note", (s, pick) => addNote(s, { commentId: `comment ${pick}`, body: "Psst" })],
  let_go: ["ticket.take", (s, _, version) => letGo(s, { assignee: assigneeOf(s), version })],
  take: ["ticket.take", (s) => take(s, { candidate: personNamed(actorUserId(s.actor)) ?? ada })],
  assign: [
    "ticket.assign",
    (s, pick, version) =>
      assign(s, { candidate: among([...people, null], pick), assignee: assigneeOf(s), version }),
  ],
  set_status: [
    "ticket.set_status",
    (s, pick, version) => {
      const keys = s.desk.statuses.statuses.map(({ key }) => key);
      return setStatus(s, { status: among([...keys, "unheard_of"], pick), version });
    },
  ],
  set_priority: [
    "ticket.set_priority",
    (s, pick, version) => setPriority(s, { priority: among(priorities, pick), version }),
  ],
  route: [
    "ticket.route",
    (s, pick, version) =>
      route(s, {
        departmentId: among(["support", "billing", null, "unheard_of"], pick),
        assignee: personNamed(s.ticket.assigneeId),
        version,
      }),
  ],
  edit: [
    "ticket.edit",
    (s, pick, version) =>
      edit(s, {
        version,
        title: among([undefined, "The printer smokes", s.ticket.title], pick),
        description: among([undefined, { from: "Before", to: "After" }], pick),
      }),
  ],
  set_tags: [
    "ticket.edit",
    (s, pick, version) =>
      setTags(s, { tagIds: among([["a"], ["b", "a"], ["a", "b"], []], pick), tags, version }),
  ],
  reopen: ["ticket.reopen", (s, _, version) => reopen(s, { reason: "Not done after all", version })],
  link: [
    "ticket.edit",
    (s, pick) =>
      link(s, {
        relation: among(ticketRelations, pick),
        other,
        links: [linkOf(among(ticketRelations, pick + 1), s.ticket.id, other.id)],
      }),
  ],
  unlink: [
    "ticket.edit",
    (s, pick) =>
      unlink(s, {
        relation: among(ticketRelations, pick),
        other,
        links: [linkOf("blocks", s.ticket.id, other.id), linkOf("relates_to", s.ticket.id, other.id)],
      }),
  ],
  merge: [
    "ticket.merge",
    (s, _, version) => merge({ source: called(s), target: another(s), version }).source,
  ],
  unmerge: [
    "ticket.merge",
    (s, _, version) => unmerge({ source: called(s), target: another(s), version }).source,
  ],
  receive_merge: ["ticket.merge", (s) => merge({ source: another(s), target: called(s), version: 1 }).target],
  lose_merge: [
    "ticket.merge",
    (s) => unmerge({ source: mergedInto(s), target: called(s), version: 1 }).target,
  ],
  split: [
    "ticket.merge",
    (s, pick, version) => {
      const comments = [written("public", "cora"), written(among(visibilities, pick), "ada")];
      const customerId = among([s.ticket.customerId, s.ticket.customerId, "cora", "dora"], pick);
      const opening = { ...s.ticket, id: other.id, customerId };
      const { ticket } = split(called(s), { version, opening, comments, cc: [] });
      return splitOff(called(s), { ...ticket, number: other.number }, comments);
    },
  ],
  watch: [
    "ticket.reopen",
    (s, pick) =>
      watchClocks(
        { ...s, actor: system },
        among([null, new Map(people.map((person) => [person.id, person]))], pick),
      ),
  ],
  close_resolved: [
    "ticket.reopen",
    (s, pick) => closeResolved({ ...s, actor: system }, { afterDays: among([1, 2], pick) }),
  ],
  bundle: [
    "ticket.assign",
    (s, pick) =>
      applyBundle(
        s,
        {
          priority: among([undefined, ...priorities], pick),
          tags: among([undefined, { addIds: ["b"], removeIds: ["a"], known: tags }], pick),
          departmentId: among([undefined, "billing", null], pick),
          assignee: among([undefined, null, ben], pick),
          status: among([undefined, ...s.desk.statuses.statuses.map(({ key }) => key)], pick),
        },
        personNamed(s.ticket.assigneeId),
      ),
  ],
} as const satisfies Record<
  string,
  [Parameters<typeof may>[1], (situation: Situation, pick: number, version: number) => Decision]
>;

export type ActName = keyof typeof acts;
export const actNames = Object.keys(acts) as ActName[];
const unversioned: readonly ActName[] = [
  "rate",
  "reply",
  "add_note",
  "edit_comment",
  "remove_attachment",
  "set_cc",
  "take",
  "follow",
  "close_resolved",
  "watch",
  "bundle",
  "link",
  "unlink",
  "receive_merge",
  "lose_merge",
];

export interface Act {
  name: ActName;
  by: Actor;
  afterSeconds: number;
  pick: number;
  isStale: boolean;
}

export interface Script {
  desk: Desk;
  opener: Actor;
  opening: TicketOpening;
  acts: Act[];
}

/** An act that was tried, and what came of it: one of the two. */
interface Step {
  name: ActName;
  by: Actor;
  at: Instant;
  situation: Situation;
  /** Null where the act names no version. */
  readVersion: number | null;
  decision: Decision | null;
  refusal: Refusal | null;
  again(situation: Situation): Decision;
}

export interface Story {
  desk: Desk;
  opener: Actor;
  opened: Decision;
  steps: Step[];
}

/** Plays the acts whose actor may do them and sees the ticket, as the server would let through. */
export function play({ desk, opener, opening, acts: attempts }: Script): Story {
  const opened = frozen(openTicket(desk, opener, openedAt, opening));
  const steps: Step[] = [];
  let now = openedAt;
  let state = opened;
  for (const { name, by, afterSeconds, pick, isStale } of attempts) {
    now = plusSeconds(now, afterSeconds);
    const [permission, run] = acts[name];
    if (!may(by, permission) || !canSee(by, state.ticket)) continue;
    const situation = after(state, by, now, desk);
    const version = state.ticket.version - (isStale ? 1 : 0);
    const again = (given: Situation) => run(given, pick, version);
    const step = {
      name,
      by,
      at: now,
      situation,
      readVersion: unversioned.includes(name) ? null : version,
      again,
    };
    try {
      state = frozen(again(situation));
      steps.push({ ...step, decision: state, refusal: null });
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      steps.push({ ...step, decision: null, refusal: error.refusal });
    }
  }
  return { desk, opener, opened, steps };
}

/** The opening and all that was decided after it. */
export const decisionsOf = ({ opened, steps }: Story): Decision[] => [
  opened,
  ...steps.flatMap(({ decision }) => decision ?? []),
];

/** Every decision after the opening, with the one before it. */
export const pairsOf = (story: Story): [before: Decision, now: Decision][] => {
  const all = decisionsOf(story);
  return all.slice(1).map((now, index) => [all[index]!, now]);
};

export const categoryOf = (story: Story, { statusId }: Pick<Ticket, "statusId">): StatusCategory =>
  story.desk.statuses.byId(statusId).category;

const among = <T>(values: readonly T[], pick: number): T => values[pick % values.length]!;
const personNamed = (id: string | null): Candidate | null =>
  people.find((person) => person.id === id) ?? null;
const assigneeOf = ({ ticket }: Situation) => {
  const person = personNamed(ticket.assigneeId);
  return person && labelOfPerson(person);
};

/** A rule that writes into what it was given throws. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
