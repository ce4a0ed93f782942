import type { Instant } from "../instant.ts";
import type { StatusCategory } from "../values.ts";
import type { CompiledCalendar } from "./business-time.ts";
import {
  cancelCycle,
  type CycleTerms,
  isOpen,
  openCycle,
  pauseCycle,
  recordBreach,
  resumeCycle,
  satisfyCycle,
  type SlaCycle,
} from "./cycle.ts";
import { elapsedSeconds } from "./elapsed.ts";
import {
  baseOf,
  type CalendarOf,
  type CategoryChange,
  isDone,
  passedAt,
  periodOf,
  supersedeCycle,
} from "./period.ts";
import { pausesIn, type SlaPolicy, targetSecondsOf } from "./policy.ts";

/** A calendar of the organization, ready to count with. */
export interface DeskCalendar extends CompiledCalendar {
  id: string;
  version: number;
}

/** What of a ticket its clocks look at. */
export interface ClockedTicket {
  createdAt: Instant;
  category: StatusCategory;
  /** The first public message by a human who is not the customer. */
  firstRespondedAt: Instant | null;
}

export interface ClockRules {
  /** The policy that applies now and the calendar it counts by (the department's own, or the policy's); null for none. */
  governed: { policy: SlaPolicy; calendar: DeskCalendar } | null;
  calendarOf: CalendarOf;
  /**
   * The categories the ticket has had, in order, up to now: read where a policy or calendar takes over or a ticket
   * reopens, for when a target already used up was, and for the pauses before a clock that begins late.
   */
  history?: readonly CategoryChange[];
}

export interface Clocks {
  /** All cycles; those that did not change are the same objects. */
  cycles: SlaCycle[];
  /** Those whose breach is first recorded here. */
  breached: SlaCycle[];
  dueCache: DueCache;
}

/** Null while paused, done or absent. */
export interface DueCache {
  firstResponseDueAt: Instant | null;
  resolutionDueAt: Instant | null;
}

const clockMetrics = ["first_response", "resolution"] as const;
type ClockMetric = (typeof clockMetrics)[number];

/**
 * Brings a ticket's clocks to what the ticket is at `at`: opens, pauses, resumes, satisfies, supersedes, cancels and
 * reopens as needed. Called after every change of a ticket; where nothing changed for a clock, it stays.
 */
export function advanceClocks(
  cycles: readonly SlaCycle[],
  ticket: ClockedTicket,
  at: Instant,
  rules: ClockRules,
): Clocks {
  const advanced = clockMetrics.reduce<SlaCycle[]>(
    (all, metric) => advanceMetric(all, metric, ticket, at, rules),
    cycles.toSorted((a, b) => a.ordinal - b.ordinal),
  );
  const hadBreach = new Set(cycles.filter(({ breachedAt }) => breachedAt !== null).map(keyOf));
  return {
    cycles: advanced,
    breached: advanced.filter((cycle) => cycle.breachedAt !== null && !hadBreach.has(keyOf(cycle))),
    dueCache: dueCacheOf(advanced),
  };
}

export function dueCacheOf(cycles: readonly SlaCycle[]): DueCache {
  const due = (metric: ClockMetric) =>
    cycles.find((cycle) => cycle.metric === metric && cycle.state === "running")?.dueAt ?? null;
  return { firstResponseDueAt: due("first_response"), resolutionDueAt: due("resolution") };
}

const keyOf = ({ metric, ordinal }: SlaCycle) => `${metric} ${ordinal}`;

function advanceMetric(
  cycles: SlaCycle[],
  metric: ClockMetric,
  ticket: ClockedTicket,
  at: Instant,
  rules: ClockRules,
): SlaCycle[] {
  const { governed, calendarOf, history = [] } = rules;
  const last = cycles.findLast((cycle) => cycle.metric === metric);
  const open = last && isOpen(last) ? last : undefined;
  const replaceLast = (...by: SlaCycle[]) => cycles.flatMap((cycle) => (cycle === last ? by : cycle));

  const done = doneness(metric, ticket, at);
  if (done) {
    if (!open) return cycles;
    const close = done.how === "satisfied" ? satisfyCycle : cancelCycle;
    return replaceLast(close(open, calendarOf(open.calendarId), done.at));
  }
  const terms = governed && termsOf(governed, metric);
  if (!terms) return open ? replaceLast(cancelCycle(open, calendarOf(open.calendarId), at)) : cycles;

  const { policy, calendar } = governed;
  const isPaused = pausesIn(policy, metric, ticket.category);
  const periodFrom = (startedAt: Instant) => periodOf(cycles, metric, startedAt, policy, history);
  if (!open) {
    const reopens = last?.state === "satisfied" ? policy.reopenMode : null;
    const period = periodFrom(reopens === "restart" ? at : (last?.startedAt ?? ticket.createdAt));
    const { used, from } = baseOf(period);
    const elapsed = reopens === "resume" ? used : used + elapsedSeconds(calendar, from, at, period.pauses);
    const opened = openCycle(calendar, {
      metric,
      ordinal: (last?.ordinal ?? 0) + 1,
      terms,
      startedAt: period.startedAt,
      effectiveFrom: at,
      elapsedSeconds: elapsed,
      isPaused,
      passedAt:
        elapsed < terms.targetSeconds ? null : passedAt(terms.targetSeconds, period, calendar, calendarOf),
    });
    return [...cycles, opened];
  }
  if (differ(open, terms)) {
    const period = periodFrom(open.startedAt);
    return replaceLast(...supersedeCycle(open, { at, terms, calendar, calendarOf, isPaused, period }));
  }
  const step = isPaused ? pauseCycle : resumeCycle;
  return replaceLast(step(recordBreach(open, at), calendar, at));
}

/** Resolving without an answer does not answer: only closing ends the wait for a first response. */
function doneness(
  metric: ClockMetric,
  { category, firstRespondedAt }: ClockedTicket,
  at: Instant,
): { how: "satisfied" | "cancelled"; at: Instant } | null {
  if (metric === "resolution") return isDone(category) ? { how: "satisfied", at } : null;
  if (firstRespondedAt !== null) return { how: "satisfied", at: firstRespondedAt };
  return category === "closed" ? { how: "cancelled", at } : null;
}

function termsOf(
  { policy, calendar }: NonNullable<ClockRules["governed"]>,
  metric: ClockMetric,
): CycleTerms | null {
  const targetSeconds = targetSecondsOf(policy, metric);
  if (targetSeconds === null) return null;
  return {
    policyId: policy.id,
    policyVersion: policy.version,
    calendarId: calendar.id,
    calendarVersion: calendar.version,
    targetSeconds,
  };
}

/** A new version of a policy or calendar is no other promise by itself: an edit has its own way to running cycles. */
const differ = (cycle: SlaCycle, terms: CycleTerms): boolean =>
  cycle.policyId !== terms.policyId ||
  cycle.calendarId !== terms.calendarId ||
  cycle.targetSeconds !== terms.targetSeconds;
