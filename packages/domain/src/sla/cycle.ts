import { type Instant, later } from "../instant.ts";
import type { SlaCycleState, SlaMetric } from "../values.ts";
import type { CompiledCalendar } from "./business-time.ts";
import { dueAt } from "./due.ts";
import { elapsedSeconds } from "./elapsed.ts";
import { escalationAt } from "./escalation.ts";
import type { PolicyReason, Standing } from "./policy.ts";
import { warningAt } from "./warning.ts";

/** What a cycle is counted by: the snapshot that later edits do not reach. */
export interface CycleTerms extends Standing {
  policyId: string;
  policyVersion: number;
  /** Why that policy applied when it took the cycle. */
  reason: PolicyReason;
  calendarId: string;
  calendarVersion: number;
  targetSeconds: number;
  /** Business seconds before due; null for no warning. */
  warnBeforeSeconds: number | null;
  /** Business seconds past due of the next escalation step; null where none is left. */
  escalateAfterSeconds: number | null;
}

/**
 * One target period of one metric. `startedAt` is where the period began and is kept when terms change.
 * `elapsedSeconds` counts up to `runningSince`, or to the end where it is null. `dueAt` is null while paused, and so
 * are `warningAt` and `escalationAt`. `breachedAt` and `warnedAt` are set once and stay; all escalation steps up to
 * `escalatedAfterSeconds` past due have been taken.
 */
export interface SlaCycle extends CycleTerms {
  metric: SlaMetric;
  ordinal: number;
  state: SlaCycleState;
  elapsedSeconds: number;
  runningSince: Instant | null;
  startedAt: Instant;
  dueAt: Instant | null;
  breachedAt: Instant | null;
  warningAt: Instant | null;
  warnedAt: Instant | null;
  escalationAt: Instant | null;
  escalatedAfterSeconds: number | null;
  satisfiedAt: Instant | null;
  closedAt: Instant | null;
}

export interface CycleOpening {
  metric: SlaMetric;
  ordinal: number;
  terms: CycleTerms;
  startedAt: Instant;
  /** From when these terms hold. */
  effectiveFrom: Instant;
  /** Used before `effectiveFrom`. */
  elapsedSeconds: number;
  isPaused: boolean;
  /** When the target was used up, where it was before `effectiveFrom`. */
  passedAt: Instant | null;
}

export const isOpen = ({ state }: SlaCycle): boolean => state === "running" || state === "paused";

/** Business seconds used at `at`. */
export const usedSeconds = (cycle: SlaCycle, calendar: CompiledCalendar, at: Instant): number =>
  cycle.elapsedSeconds + (cycle.runningSince === null ? 0 : elapsedSeconds(calendar, cycle.runningSince, at));

/** Business seconds left at `at`, negative when over; frozen while paused, final when closed. */
export const remainingSeconds = (cycle: SlaCycle, calendar: CompiledCalendar, at: Instant): number =>
  cycle.targetSeconds - usedSeconds(cycle, calendar, at);

/** Right at the moment of reading, whether or not anybody has recorded the breach. */
export const isBreached = (cycle: SlaCycle, at: Instant): boolean =>
  recordBreach(cycle, at).breachedAt !== null;

/** Writes a breach that happened by itself: `breachedAt` is the due instant, whenever it is noticed. */
export function recordBreach(cycle: SlaCycle, at: Instant): SlaCycle {
  const { state, breachedAt, dueAt: due } = cycle;
  return state === "running" && breachedAt === null && due !== null && at > due
    ? { ...cycle, breachedAt: due }
    : cycle;
}

/** Writes what happened by itself until `at`: a breach or, before due, the warning. */
export function observeCycle(cycle: SlaCycle, at: Instant): SlaCycle {
  const observed = recordBreach(cycle, at);
  const { state, breachedAt, warningAt: warning, warnedAt } = observed;
  return state === "running" && breachedAt === null && warnedAt === null && warning !== null && warning <= at
    ? { ...observed, warnedAt: warning }
    : observed;
}

export function openCycle(calendar: CompiledCalendar, opening: CycleOpening): SlaCycle {
  const {
    metric,
    ordinal,
    terms,
    startedAt,
    effectiveFrom,
    elapsedSeconds: elapsed,
    isPaused,
    passedAt,
  } = opening;
  const cycle: SlaCycle = {
    ...terms,
    metric,
    ordinal,
    state: "paused",
    elapsedSeconds: elapsed,
    runningSince: null,
    startedAt,
    dueAt: null,
    breachedAt: null,
    warningAt: null,
    warnedAt: null,
    escalationAt: null,
    escalatedAfterSeconds: null,
    satisfiedAt: null,
    closedAt: null,
  };
  if (isPaused) return cycle;
  const running = resumeCycle(cycle, calendar, effectiveFrom);
  if (passedAt === null || passedAt >= effectiveFrom) return running;
  return { ...running, dueAt: passedAt, breachedAt: effectiveFrom, warningAt: null };
}

/** The first cycle of a period, with nothing used. */
export const startCycle = (
  calendar: CompiledCalendar,
  { metric, ordinal, terms, startedAt }: Pick<CycleOpening, "metric" | "ordinal" | "terms" | "startedAt">,
): SlaCycle =>
  openCycle(calendar, {
    metric,
    ordinal,
    terms,
    startedAt,
    effectiveFrom: startedAt,
    elapsedSeconds: 0,
    isPaused: false,
    passedAt: null,
  });

export function pauseCycle(cycle: SlaCycle, calendar: CompiledCalendar, at: Instant): SlaCycle {
  if (cycle.state !== "running") return cycle;
  return { ...halt(cycle, calendar, at), state: "paused", dueAt: null, warningAt: null, escalationAt: null };
}

/** What is over its target when it resumes is due, and breached, at that instant. */
export function resumeCycle(cycle: SlaCycle, calendar: CompiledCalendar, at: Instant): SlaCycle {
  if (cycle.state !== "paused") return cycle;
  const left = cycle.targetSeconds - cycle.elapsedSeconds;
  const breachedAt = cycle.breachedAt ?? (left < 0 ? at : null);
  const running: SlaCycle = {
    ...cycle,
    state: "running",
    runningSince: at,
    breachedAt,
    dueAt: breachedAt ?? dueAt(calendar, at, left),
    escalationAt: escalationAt(cycle, calendar, at),
  };
  return cycle.warnedAt === null ? { ...running, warningAt: warningAt(running, calendar, at) } : running;
}

/** Met where `at` is at or before the due instant. One stamped before the period's start counts as at its start. */
export function satisfyCycle(cycle: SlaCycle, calendar: CompiledCalendar, at: Instant): SlaCycle {
  const closed = closeCycle(cycle, calendar, at, "satisfied");
  return closed === cycle ? cycle : { ...closed, satisfiedAt: closed.closedAt };
}

/** The clock no longer matters; a breach it had stays. */
export const cancelCycle = (cycle: SlaCycle, calendar: CompiledCalendar, at: Instant): SlaCycle =>
  closeCycle(cycle, calendar, at, "cancelled");

/** A closed cycle never changes. */
export function closeCycle(
  cycle: SlaCycle,
  calendar: CompiledCalendar,
  at: Instant,
  state: "satisfied" | "superseded" | "cancelled",
): SlaCycle {
  if (!isOpen(cycle)) return cycle;
  return { ...halt(cycle, calendar, at), state, closedAt: later(at, cycle.startedAt) };
}

const halt = (cycle: SlaCycle, calendar: CompiledCalendar, at: Instant): SlaCycle => ({
  ...observeCycle(cycle, at),
  elapsedSeconds: usedSeconds(cycle, calendar, at),
  runningSince: null,
});
