import type { Instant } from "../instant.ts";
import type { SlaMetric, StatusCategory } from "../values.ts";
import type { CompiledCalendar } from "./business-time.ts";
import {
  closeCycle,
  type CycleTerms,
  isOpen,
  observeCycle,
  openCycle,
  resumeCycle,
  type SlaCycle,
} from "./cycle.ts";
import { dueAt } from "./due.ts";
import { elapsedSeconds } from "./elapsed.ts";
import { escalationAt } from "./escalation.ts";
import type { Pause } from "./pause.ts";
import type { Standing } from "./policy.ts";
import { warningAt } from "./warning.ts";

/** The calendar of that id as it is now. */
export type CalendarOf = (calendarId: string) => CompiledCalendar;

/** A target period before its next cycle: its closed cycles, in order, and when its clock stood. */
export interface Period {
  startedAt: Instant;
  closed: readonly SlaCycle[];
  /** By the terms that it goes on by. */
  pauses: readonly Pause[];
  /** By those of a closed cycle. */
  pausesBy(standing: Standing): readonly Pause[];
}

export interface CategoryChange {
  at: Instant;
  category: StatusCategory;
}

/**
 * The period of a metric that began at `startedAt`. A cancelled cycle begins the count anew.
 * @param cycles of the ticket, by ordinal.
 * @param history the categories the ticket has had, in order, from its creation to now.
 */
export function periodOf(
  cycles: readonly SlaCycle[],
  metric: SlaMetric,
  startedAt: Instant,
  standing: Standing,
  history: readonly CategoryChange[],
): Period {
  const closed = cycles.filter(
    (cycle) => cycle.metric === metric && cycle.startedAt === startedAt && !isOpen(cycle),
  );
  return {
    startedAt,
    closed: closed.slice(closed.findLastIndex(({ state }) => state === "cancelled") + 1),
    pauses: pausesOf(history, standing),
    pausesBy: (terms) => pausesOf(history, terms),
  };
}

/** When a clock stood, by the categories that the ticket has had. */
export function pausesOf(
  history: readonly CategoryChange[],
  { standsWaiting, standsDone }: Standing,
): Pause[] {
  const stands = (category: StatusCategory) =>
    isDone(category) ? standsDone : category === "waiting" && standsWaiting;
  return history.flatMap(({ at, category }, index) =>
    stands(category) ? [{ from: at, to: history[index + 1]?.at ?? null }] : [],
  );
}

export const isDone = (category: StatusCategory): boolean => category === "resolved" || category === "closed";

/** Where the count of a period's next cycle begins: what is used, and the instant it is used up to. */
export function baseOf({ startedAt, closed }: Pick<Period, "startedAt" | "closed">): {
  used: number;
  from: Instant;
} {
  const last = closed.at(-1);
  return { used: last?.elapsedSeconds ?? 0, from: last?.closedAt ?? startedAt };
}

/** When a period used up `targetSeconds`, each stretch by the calendar and the pauses it was counted with. */
export function passedAt(
  targetSeconds: number,
  period: Period,
  calendar: CompiledCalendar,
  calendarOf: CalendarOf,
): Instant | null {
  const { startedAt, closed, pauses } = period;
  const index = closed.findIndex(({ elapsedSeconds: elapsed }) => targetSeconds <= elapsed);
  const { used, from } = baseOf({ startedAt, closed: index < 0 ? closed : closed.slice(0, index) });
  const cycle = closed[index];
  const left = targetSeconds - used;
  if (!cycle) return dueAt(calendar, from, left, pauses);
  return dueAt(calendarOf(cycle.calendarId), from, left, period.pausesBy(cycle));
}

export interface TermsChange {
  at: Instant;
  terms: CycleTerms;
  /** The calendar of the new terms. */
  calendar: CompiledCalendar;
  calendarOf: CalendarOf;
  isPaused: boolean;
  period: Period;
}

/**
 * Closes an open cycle and opens the next one under other terms with the elapsed time kept: a calendar switch is
 * the old calendar before, the new one after. A due instant already past is breached from `at`.
 */
export function supersedeCycle(cycle: SlaCycle, change: TermsChange): [closed: SlaCycle, next: SlaCycle] {
  const { at, terms, calendar, calendarOf, isPaused, period } = change;
  const before = calendarOf(cycle.calendarId);
  const closed = closeCycle(cycle, before, at, "superseded");
  if (isSamePromise(cycle, terms)) return [closed, goOn(cycle, closed, change)];
  const next = openCycle(calendar, {
    metric: cycle.metric,
    ordinal: cycle.ordinal + 1,
    terms,
    startedAt: cycle.startedAt,
    effectiveFrom: at,
    elapsedSeconds: closed.elapsedSeconds,
    isPaused,
    passedAt: closed.elapsedSeconds < terms.targetSeconds ? null : usedUpAt(),
  });
  return [closed, next];

  function usedUpAt(): Instant | null {
    const inThisRun = terms.targetSeconds - cycle.elapsedSeconds;
    if (cycle.runningSince !== null && inThisRun > 0) return dueAt(before, cycle.runningSince, inThisRun);
    const passed = passedAt(
      terms.targetSeconds,
      { ...period, closed: [...period.closed, closed] },
      calendar,
      calendarOf,
    );
    return passed !== null && passed < at ? passed : at;
  }
}

const isSamePromise = (one: CycleTerms, other: CycleTerms): boolean =>
  one.policyId === other.policyId &&
  one.calendarId === other.calendarId &&
  one.targetSeconds === other.targetSeconds;

/** The same promise with another standing: what was broken, warned of and escalated stays so. */
function goOn(cycle: SlaCycle, closed: SlaCycle, { at, terms, calendar, isPaused }: TermsChange): SlaCycle {
  const next: SlaCycle = {
    ...observeCycle(cycle, at),
    ...terms,
    warnBeforeSeconds: cycle.warnBeforeSeconds,
    escalateAfterSeconds: cycle.escalateAfterSeconds,
    ordinal: cycle.ordinal + 1,
    state: "paused",
    elapsedSeconds: closed.elapsedSeconds,
    runningSince: null,
    dueAt: null,
    warningAt: null,
    escalationAt: null,
  };
  return isPaused ? next : resumeCycle(next, calendar, at);
}

/**
 * After an edit of its calendar: an open cycle is counted again since its period's last closed cycle, the calendar's
 * new version is its own, and its due instant moves. A breach before `at`, and a closed cycle, stay as they are.
 */
export function recalculateCycle(
  cycle: SlaCycle,
  edit: { at: Instant; calendar: CompiledCalendar; calendarVersion: number; period: Period },
): SlaCycle {
  if (!isOpen(cycle)) return cycle;
  const { at, calendar, calendarVersion, period } = edit;
  const { used, from } = baseOf(period);
  const recounted: SlaCycle = {
    ...observeCycle(cycle, at),
    calendarVersion,
    elapsedSeconds: used + elapsedSeconds(calendar, from, cycle.runningSince ?? at, period.pauses),
  };
  const { runningSince } = recounted;
  if (runningSince === null) return recounted;
  recounted.escalationAt = escalationAt(recounted, calendar, runningSince);
  if (recounted.breachedAt !== null) return recounted;
  const due = dueAt(calendar, from, cycle.targetSeconds - used, period.pauses);
  const moved = { ...recounted, dueAt: due, breachedAt: due !== null && due < at ? at : null };
  return moved.warnedAt === null ? { ...moved, warningAt: warningAt(moved, calendar, runningSince) } : moved;
}
