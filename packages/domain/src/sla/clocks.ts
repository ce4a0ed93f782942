import type { Instant } from "../instant.ts";
import { type SlaMetric, slaMetrics, type StatusCategory } from "../values.ts";
import type { CompiledCalendar } from "./business-time.ts";
import {
  cancelCycle,
  type CycleTerms,
  isOpen,
  observeCycle,
  openCycle,
  pauseCycle,
  resumeCycle,
  satisfyCycle,
  type SlaCycle,
} from "./cycle.ts";
import { elapsedSeconds } from "./elapsed.ts";
import { nextStepSeconds } from "./escalation.ts";
import {
  baseOf,
  type CalendarOf,
  type CategoryChange,
  isDone,
  passedAt,
  periodOf,
  supersedeCycle,
} from "./period.ts";
import { type PolicyChoice, standingOf, targetSecondsOf } from "./policy.ts";
import { warnBeforeSecondsOf } from "./warning.ts";

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
  /** The customer's first message, of those after the first response, that no human has answered. */
  firstUnansweredAt: Instant | null;
  /** Merged into another, a ticket has no clocks of its own. */
  isMerged: boolean;
}

export interface ClockRules {
  /** The policy that applies now, and the calendar it counts by (the department's own, or the policy's); null for none. */
  governed: (PolicyChoice & { calendar: DeskCalendar }) | null;
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
  /** Those whose warning is first recorded here. */
  warned: SlaCycle[];
  dueCache: DueCache;
}

/** Null while paused, done or absent. */
export interface DueCache {
  firstResponseDueAt: Instant | null;
  nextResponseDueAt: Instant | null;
  resolutionDueAt: Instant | null;
}

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
  const advanced = slaMetrics.reduce<SlaCycle[]>(
    (all, metric) => advanceMetric(all, metric, ticket, at, rules),
    cycles.toSorted((a, b) => a.ordinal - b.ordinal),
  );
  return {
    cycles: advanced,
    breached: firstMarked(cycles, advanced, "breachedAt"),
    warned: firstMarked(cycles, advanced, "warnedAt"),
    dueCache: dueCacheOf(advanced),
  };
}

/** The cycles that have a mark which none had before; one that was taken over from the cycle before is not new. */
export function firstMarked(
  before: readonly SlaCycle[],
  now: readonly SlaCycle[],
  mark: "breachedAt" | "warnedAt",
): SlaCycle[] {
  const keyOf = ({ metric, startedAt, policyId, calendarId, targetSeconds, ...cycle }: SlaCycle) =>
    [metric, startedAt, policyId, calendarId, targetSeconds, cycle[mark]].join(" ");
  const had = new Set(before.filter((cycle) => cycle[mark] !== null).map(keyOf));
  return now.filter((cycle) => {
    if (cycle[mark] === null || had.has(keyOf(cycle))) return false;
    had.add(keyOf(cycle));
    return true;
  });
}

export function dueCacheOf(cycles: readonly SlaCycle[]): DueCache {
  const due = (metric: SlaMetric) =>
    cycles.find((cycle) => cycle.metric === metric && cycle.state === "running")?.dueAt ?? null;
  return {
    firstResponseDueAt: due("first_response"),
    nextResponseDueAt: due("next_response"),
    resolutionDueAt: due("resolution"),
  };
}

function advanceMetric(
  cycles: SlaCycle[],
  metric: SlaMetric,
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
  const isPaused = ticket.category === "waiting" && terms.standsWaiting;
  const periodFrom = (startedAt: Instant) => periodOf(cycles, metric, startedAt, terms, history);
  if (!open) {
    const startedAt =
      metric === "next_response" ? (ticket.firstUnansweredAt ?? at) : (last?.startedAt ?? ticket.createdAt);
    const isReopened = last?.state === "satisfied" && last.startedAt === startedAt;
    const period = periodFrom(isReopened && policy.reopenMode === "restart" ? at : startedAt);
    const { used, from } = baseOf(period);
    const elapsed = used + elapsedSeconds(calendar, from, at, period.pauses);
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
  return replaceLast(step(observeCycle(open, at), calendar, at));
}

/**
 * Resolving without an answer does not answer: only closing ends the wait for a first response. A next response is
 * not waited for any more once the ticket is resolved.
 */
function doneness(
  metric: SlaMetric,
  { category, firstRespondedAt, firstUnansweredAt, isMerged }: ClockedTicket,
  at: Instant,
): { how: "satisfied" | "cancelled"; at: Instant } | null {
  if (isMerged) return { how: "cancelled", at };
  switch (metric) {
    case "resolution":
      return isDone(category) ? { how: "satisfied", at } : null;
    case "first_response":
      if (firstRespondedAt !== null) return { how: "satisfied", at: firstRespondedAt };
      return category === "closed" ? { how: "cancelled", at } : null;
    case "next_response":
      if (isDone(category)) return { how: "cancelled", at };
      return firstUnansweredAt === null ? { how: "satisfied", at } : null;
  }
}

export function termsOf(
  { policy, reason, calendar }: NonNullable<ClockRules["governed"]>,
  metric: SlaMetric,
): CycleTerms | null {
  const targetSeconds = targetSecondsOf(policy, metric);
  if (targetSeconds === null) return null;
  return {
    policyId: policy.id,
    policyVersion: policy.version,
    reason,
    ...standingOf(policy, metric),
    calendarId: calendar.id,
    calendarVersion: calendar.version,
    targetSeconds,
    warnBeforeSeconds: warnBeforeSecondsOf(policy.warnings, metric),
    escalateAfterSeconds: nextStepSeconds(policy.escalations, metric, null),
  };
}

/** A new version of a policy or calendar asks for no new cycle by itself: `recounted` brings running ones to it. */
export const differ = (cycle: SlaCycle, terms: CycleTerms): boolean =>
  cycle.policyId !== terms.policyId ||
  cycle.calendarId !== terms.calendarId ||
  cycle.targetSeconds !== terms.targetSeconds ||
  cycle.standsWaiting !== terms.standsWaiting;
