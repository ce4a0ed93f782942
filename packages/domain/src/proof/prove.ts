import { toInstant } from "../instant.ts";
import { RefusalError } from "../refusal.ts";
import { isOpen, observeCycle, type SlaCycle, usedSeconds } from "../sla/cycle.ts";
import type { Decision } from "../ticket/decision.ts";
import type { Desk } from "../ticket/desk.ts";
import { type NumberedSituation, merge, unmerge } from "../ticket/merge.ts";
import { openTicket } from "../ticket/open.ts";
import { recountClocks } from "../ticket/recount-clocks.ts";
import { reopen } from "../ticket/reopen.ts";
import { reply } from "../ticket/reply.ts";
import { route } from "../ticket/route.ts";
import { setPriority } from "../ticket/set-priority.ts";
import { setStatus } from "../ticket/set-status.ts";
import type { Situation } from "../ticket/situation.ts";
import type { TicketEvent } from "../ticket/ticket.ts";
import { watchClocks } from "../ticket/watch-clocks.ts";
import type { Priority } from "../values.ts";
import { admin, customer, deskOf, referenceRulesOf, system } from "./desk.ts";
import { Draw } from "./draw.ts";
import { type Fact, Reference, type ReferenceCycle } from "./reference.ts";
import { drawTimeline, type ProofAct, type Timeline } from "./timeline.ts";

/** Where the engine and the reference do not say the same of a timeline, after an act of it. */
export interface Difference {
  timeline: Timeline;
  afterAct: number;
  engine: readonly ReferenceCycle[];
  reference: readonly ReferenceCycle[];
}

export interface Proof {
  timelines: number;
  /** What the timelines had of each, so that a proof of nothing shows. */
  acts: number;
  cycles: number;
  breaches: number;
  differences: Difference[];
}

/** Keeps so many random timelines' clocks twice, by the engine and by the reference, and compares them after every act. */
export function prove({ timelines, seed }: { timelines: number; seed: number }): Proof {
  const proof: Proof = { timelines, acts: 0, cycles: 0, breaches: 0, differences: [] };
  for (let index = 0; index < timelines; index += 1) {
    const timeline = drawTimeline(new Draw(seed * 1_000_003 + index));
    const difference = compare(timeline, (acts, cycles) => {
      proof.acts += acts;
      proof.cycles += cycles.length;
      proof.breaches += cycles.filter(({ breachedAt }) => breachedAt !== null).length;
    });
    if (difference) proof.differences.push(difference);
  }
  return proof;
}

/** The first difference that a timeline shows; null for none. */
export function compare(
  timeline: Timeline,
  tally: (acts: number, cycles: readonly ReferenceCycle[]) => void = () => {},
): Difference | null {
  const { baseMs, opening, rules, acts } = timeline;
  const instantOf = (second: number) => toInstant(baseMs + second * 1_000);
  const reference = new Reference(referenceRulesOf(rules, baseMs));
  let desk = deskOf(rules);
  const { priority, departmentId } = opening;
  const ticket = { id: "ticket", title: "Any", source: "web" as const, customerId: customer.userId };
  let state = openTicket(desk, customer, instantOf(opening.at), { ...ticket, priority, departmentId });
  let done = 0;

  const differs = (at: number, afterAct: number): Difference | null => {
    const engine = state.cycles.map((cycle) => inSeconds(cycle, desk, at, baseMs));
    const kept = reference.cycles.map(
      ({ hours: _hours, marks: _marks, standing: _standing, ...cycle }) => cycle,
    );
    const isSame = sorted(engine, timeline.edits) === sorted(kept, timeline.edits);
    return isSame ? null : { timeline, afterAct, engine, reference: kept };
  };

  reference.until(opening.at);
  reference.tell({ kind: "opened", priority, departmentId });
  for (const [index, { at, ...act }] of acts.entries()) {
    reference.until(at);
    if (act.act === "edit_rules") {
      desk = deskOf(act.rules);
      reference.tell({ kind: "rules_edited", rules: referenceRulesOf(act.rules, baseMs) });
    }
    const next = attempt(act, { ...state, desk, actor: admin, at: instantOf(at) });
    if (next) {
      state = next;
      done += 1;
      reference.tell({ kind: "looked_at" });
      for (const event of next.events) for (const fact of factsOf(event, act)) reference.tell(fact);
    }
    const difference = differs(at, index);
    if (difference) return difference;
  }
  tally(done, reference.cycles);
  const end = (acts.at(-1)?.at ?? opening.at) + 7 * 86_400;
  reference.until(end);
  return differs(end, acts.length);
}

/** What comes of an act; null where the rules refuse it. */
export function attempt(act: ProofAct, situation: Situation): Decision | null {
  try {
    return perform(act, situation);
  } catch (error) {
    if (error instanceof RefusalError) return null;
    throw error;
  }
}

const numbered = (situation: Situation): NumberedSituation => ({
  ...situation,
  ticket: { ...situation.ticket, number: 1 },
});

function another({ desk, at, ...situation }: Situation): NumberedSituation {
  const opening = { ...situation.ticket, id: "another ticket" };
  return numbered({ ...openTicket(desk, admin, at, opening), desk, at, actor: admin });
}

function perform(act: ProofAct, situation: Situation): Decision {
  const { version } = situation.ticket;
  const comment = { commentId: "comment", body: "Hello" };
  switch (act.act) {
    case "ask":
      return reply({ ...situation, actor: customer }, comment);
    case "answer":
      return reply(situation, comment);
    case "acknowledge":
      return reply({ ...situation, actor: system }, comment);
    case "look":
      return watchClocks({ ...situation, actor: system }, new Map());
    case "move":
      return setStatus(situation, { status: act.status, version });
    case "reopen":
      return reopen(situation, { reason: "Not yet", version });
    case "prioritize":
      return setPriority(situation, { priority: act.priority, version });
    case "route":
      return route(situation, { departmentId: act.departmentId, assignee: null, version });
    case "merge":
      return merge({ source: numbered(situation), target: another(situation), version }).source;
    case "unmerge":
      return unmerge({ source: numbered(situation), target: another(situation), version }).source;
    case "edit_rules":
      return recountClocks({ ...situation, actor: system });
  }
}

/** What an event is to clocks. What they did by themselves is not told: the reference must find it out. */
function factsOf({ kind, changes }: TicketEvent, { act }: ProofAct): Fact[] {
  const to = (field: string) => changes[field]?.to?.id ?? null;
  switch (kind) {
    case "reply_added":
      return act === "ask" ? [{ kind: "asked" }] : act === "answer" ? [{ kind: "answered" }] : [];
    case "status_changed":
      return [{ kind: "moved", category: categoryOf(to("status")!) }];
    case "priority_changed":
      return [{ kind: "prioritized", priority: to("priority") as Priority }];
    case "department_changed":
      return [{ kind: "routed", departmentId: to("department") }];
    case "merged_into":
      return [{ kind: "merged" }];
    case "unmerged":
      return [{ kind: "unmerged" }];
    default:
      return [];
  }
}

/** In the default graph each status is called as its category. */
const categoryOf = (key: string) => key as Extract<Fact, { kind: "moved" }>["category"];

function inSeconds(stored: SlaCycle, desk: Desk, at: number, baseMs: number): ReferenceCycle {
  const now = toInstant(baseMs + at * 1_000);
  const cycle = observeCycle(stored, now);
  const second = (instant: string | null) =>
    instant === null ? null : (Date.parse(instant) - baseMs) / 1_000;
  const { metric, ordinal, state, policyId, calendarId, targetSeconds } = cycle;
  const calendar = desk.calendars.get(calendarId)!;
  return {
    metric,
    ordinal,
    state,
    policyId,
    calendarId,
    targetSeconds,
    usedSeconds: isOpen(cycle) ? usedSeconds(cycle, calendar, now) : cycle.elapsedSeconds,
    startedAt: second(cycle.startedAt)!,
    dueAt: second(cycle.dueAt),
    breachedAt: second(cycle.breachedAt),
    satisfiedAt: second(cycle.satisfiedAt),
    closedAt: second(cycle.closedAt),
  };
}

const fields = [
  "metric",
  "ordinal",
  "state",
  "policyId",
  "calendarId",
  "targetSeconds",
  "usedSeconds",
  "startedAt",
  "dueAt",
  "breachedAt",
  "satisfiedAt",
  "closedAt",
] as const satisfies (keyof ReferenceCycle)[];

/**
 * A decision knows the hours of now only. So when a target was used up that was set, or set again, only after it was,
 * is told by the edited ones; the breach is the setting, either way.
 */
const withoutOldHours = (cycle: ReferenceCycle, edits: Timeline["edits"]): ReferenceCycle => {
  const { dueAt, breachedAt } = cycle;
  const isOver = dueAt !== null && breachedAt !== null && dueAt <= breachedAt;
  return (edits === "calendars" || edits === "both") && isOver ? { ...cycle, dueAt: null } : cycle;
};

const sorted = (cycles: readonly ReferenceCycle[], edits: Timeline["edits"]): string =>
  cycles
    .map((each) => withoutOldHours(each, edits))
    .map((cycle) => JSON.stringify(fields.map((field) => cycle[field])))
    .toSorted()
    .join("\n");
