import { type Instant, later } from "../instant.ts";
import type { CategoryChange, SlaCycle } from "../sla/index.ts";
import { isOpen } from "../sla/cycle.ts";
import { isDone, observeCycle } from "../sla/index.ts";
import { reinstate } from "../sla/reinstate.ts";
import type { ActorKind, Priority } from "../values.ts";
import { advanceFacts, type ClockFacts } from "./clocks.ts";
import type { Desk, SlaRules } from "./desk.ts";
import { answered, asked } from "./reply.ts";
import { isOnCustomersSide } from "./access.ts";
import { type Change, type Ticket, type TicketEventKind, apart } from "./ticket.ts";

/** A line of a ticket's history, as far as its clocks look at it. */
export interface PastEvent {
  sequence: number;
  kind: TicketEventKind;
  at: Instant;
  actorId: string | null;
  actorKind: ActorKind;
  changes: Readonly<Record<string, Change>>;
  /** Of the rules that it was decided by. */
  rulesVersion: number;
}

/** Running clocks were brought to other rules, while nothing happened to the ticket itself. */
export interface Recount {
  at: Instant;
  /** Of the ticket's last event before it. */
  afterSequence: number;
  rulesVersion: number;
}

/** What of a ticket its history does not tell. */
export type FoldedTicket = Pick<Ticket, "customerId" | "source">;

export interface FoldedClocks {
  cycles: SlaCycle[];
  categories: readonly CategoryChange[];
  /** What its clocks look at of the ticket; null before its opening. */
  facts: ClockFacts | null;
}

type Facts = ClockFacts & { lastPublicReplyAt: Instant | null; ccIds: readonly string[] };

export interface Past {
  events: readonly PastEvent[];
  recounts?: readonly Recount[];
  /** The rules of a version; where it is left out, those of now hold all the time. */
  rulesOf?(version: number): SlaRules;
}

/**
 * A ticket's clocks at `at`, from its history alone: the events in order of their sequence, whatever order they come
 * in, up to `at`, each by its own rules.
 */
export function foldClocks(
  desk: Desk,
  ticket: FoldedTicket,
  { events, recounts = [], rulesOf = () => desk }: Past,
  at: Instant,
): FoldedClocks {
  let state: Pick<FoldedClocks, "cycles" | "categories"> = { cycles: [], categories: [] };
  let facts = null as Facts | null;
  let ended: SlaCycle["metric"][] = [];
  let now = "";
  for (const event of inOrder(events, recounts)) {
    if (event.at > at) break;
    now = later(now, event.at);
    const rules = rulesOf(event.rulesVersion);
    // What the clocks did by themselves comes before what was done to them.
    if (facts) state = advanceFacts(rules, facts, state, now);
    if (!("kind" in event)) continue;
    if (event.kind === "merged_into") ended = state.cycles.filter(isOpen).map(({ metric }) => metric);
    if (event.kind === "unmerged") state = { ...state, cycles: reinstate(state.cycles, ended, now) };
    facts = facts
      ? { ...facts, ...patchOf(event, facts, ticket, desk) }
      : factsAtOpening(event, ticket, desk);
    state = advanceFacts(rules, facts, state, now);
  }
  const { cycles, categories } = state;
  return { cycles: cycles.map((cycle) => observeCycle(cycle, at)), categories, facts };
}

const inOrder = (events: readonly PastEvent[], recounts: readonly Recount[]): (PastEvent | Recount)[] =>
  [...events, ...recounts].toSorted(
    (a, b) =>
      placeOf(a) - placeOf(b) || (a.at < b.at ? -1 : a.at > b.at ? 1 : a.rulesVersion - b.rulesVersion),
  );

const placeOf = (moment: PastEvent | Recount): number =>
  "kind" in moment ? moment.sequence : moment.afterSequence + 0.5;

const idTo = (event: PastEvent, field: string): string | null => event.changes[field]?.to?.id ?? null;

const factsAtOpening = (event: PastEvent, { source }: FoldedTicket, desk: Desk): Facts => ({
  createdAt: event.at,
  category: desk.statuses.categoryOf(idTo(event, "status")!),
  priority: idTo(event, "priority") as Priority,
  departmentId: idTo(event, "department"),
  source,
  tagIds: [],
  firstRespondedAt: null,
  firstUnansweredAt: null,
  lastPublicReplyAt: null,
  ccIds: [],
  isMerged: false,
});

function patchOf(event: PastEvent, facts: Facts, { customerId }: FoldedTicket, desk: Desk): Partial<Facts> {
  switch (event.kind) {
    case "reply_added":
      return event.actorId !== null && isOnCustomersSide(event.actorId, { customerId, ccIds: facts.ccIds })
        ? asked(facts, event.at)
        : answered(facts, event.actorKind === "system", event.at);
    case "cc_changed":
      return { ccIds: apart(event.changes["cc"]?.to ?? null) };
    case "status_changed": {
      const category = desk.statuses.categoryOf(idTo(event, "status")!);
      return { category, ...(isDone(category) && { firstUnansweredAt: null }) };
    }
    case "merged_into":
    case "unmerged":
      return { isMerged: event.kind === "merged_into" };
    case "priority_changed":
      return { priority: idTo(event, "priority") as Priority };
    case "department_changed":
      return { departmentId: idTo(event, "department") };
    case "tags_changed":
      return { tagIds: idTo(event, "tags")?.split(",") ?? [] };
    default:
      return {};
  }
}

export interface ClockDifference {
  metric: SlaCycle["metric"];
  ordinal: number;
  field: string;
  stored: string | number | null;
  folded: string | number | null;
}

const compared = [
  "state",
  "policyId",
  "calendarId",
  "targetSeconds",
  "elapsedSeconds",
  "runningSince",
  "startedAt",
  "dueAt",
  "breachedAt",
  "satisfiedAt",
  "closedAt",
] as const satisfies (keyof SlaCycle)[];

/** Where stored clocks are not what their history gives; a breach that nobody has recorded yet is no difference. */
export function compareClocks(
  stored: readonly SlaCycle[],
  folded: readonly SlaCycle[],
  at: Instant,
): ClockDifference[] {
  const keyOf = ({ metric, ordinal }: SlaCycle) => `${metric} ${ordinal}`;
  const observed = (cycles: readonly SlaCycle[]) =>
    new Map(cycles.map((cycle) => [keyOf(cycle), observeCycle(cycle, at)]));
  const [here, there] = [observed(stored), observed(folded)];
  return [...new Set([...here.keys(), ...there.keys()])].toSorted().flatMap((key) => {
    const [one, other] = [here.get(key), there.get(key)];
    const { metric, ordinal } = (one ?? other)!;
    return compared.flatMap((field) => {
      const [kept, told] = [one?.[field] ?? null, other?.[field] ?? null];
      return kept === told ? [] : [{ metric, ordinal, field, stored: kept, folded: told }];
    });
  });
}
