import { type Instant, later } from "../instant.ts";
import type { SlaMetric } from "../values.ts";
import {
  busySpans,
  type CompiledCalendar,
  type EpochSecond,
  fromEpochSecond,
  toEpochSecond,
} from "./business-time.ts";
import { isOpen, observeCycle, type SlaCycle, usedSeconds } from "./cycle.ts";
import { unionOfPauses } from "./pause.ts";
import { baseOf, type CategoryChange, pausesOf } from "./period.ts";

export const spanKinds = ["counted", "closed", "paused"] as const;

/** A stretch of time, half-open, and what the clock made of it; `seconds` is its length. */
export interface Span {
  kind: (typeof spanKinds)[number];
  from: Instant;
  to: Instant;
  seconds: number;
}

/**
 * A cycle with the time that made its number: what cycles of its period before it counted, and the spans since.
 * `carriedSeconds` and the counted spans sum to `explainedSeconds`, which is `elapsedSeconds`.
 */
export interface Explanation {
  cycle: SlaCycle;
  elapsedSeconds: number;
  carriedSeconds: number;
  explainedSeconds: number;
  spans: Span[];
}

export interface ExplainRules {
  /** The calendar as it was in that version. */
  calendarOf(calendarId: string, version: number): CompiledCalendar;
  /** The categories the ticket has had, in order, up to `at`. */
  history: readonly CategoryChange[];
  at: Instant;
}

/** Every cycle of a metric, in order, with the spans that sum to what it has used at `at`. */
export function explain(
  metric: SlaMetric,
  cycles: readonly SlaCycle[],
  { calendarOf, history, at }: ExplainRules,
): Explanation[] {
  const ofMetric = cycles
    .filter((cycle) => cycle.metric === metric)
    .toSorted((a, b) => a.ordinal - b.ordinal);
  return ofMetric.map((cycle, index) => {
    const calendar = calendarOf(cycle.calendarId, cycle.calendarVersion);
    const before = ofMetric.slice(0, index).filter(({ startedAt }) => startedAt === cycle.startedAt);
    const closed = before.slice(before.findLastIndex(({ state }) => state === "cancelled") + 1);
    const { used, from } = baseOf({ startedAt: cycle.startedAt, closed });
    const pauses = unionOfPauses(pausesOf(history, cycle));
    const end = isOpen(cycle) ? later(at, from) : cycle.closedAt!;
    const business = busySpans(calendar, toEpochSecond(from), toEpochSecond(end));
    const spans = layOut(toEpochSecond(from), toEpochSecond(end), business, pauses);
    const counted = spans.filter(({ kind }) => kind === "counted");
    return {
      cycle: observeCycle(cycle, at),
      elapsedSeconds: usedSeconds(cycle, calendar, at),
      carriedSeconds: used,
      explainedSeconds: used + counted.reduce((sum, { seconds }) => sum + seconds, 0),
      spans,
    };
  });
}

type Interval = readonly [from: EpochSecond, to: EpochSecond];

/** Covers [from, to) without a gap: paused wherever it stood, counted in business time, closed outside of it. */
function layOut(
  from: EpochSecond,
  to: EpochSecond,
  business: readonly Interval[],
  pauses: readonly Interval[],
): Span[] {
  const edges = [...new Set([from, to, ...business.flat(), ...pauses.flat()])]
    .filter((edge) => edge >= from && edge <= to)
    .sort((a, b) => a - b);
  const contains = (intervals: readonly Interval[], second: EpochSecond) =>
    intervals.some(([start, end]) => start <= second && second < end);
  const spans: Span[] = [];
  for (const [index, start] of edges.slice(0, -1).entries()) {
    const end = edges[index + 1]!;
    const kind = contains(pauses, start) ? "paused" : contains(business, start) ? "counted" : "closed";
    const last = spans.at(-1);
    if (last?.kind === kind) {
      last.to = fromEpochSecond(end);
      last.seconds += end - start;
    } else {
      spans.push({ kind, from: fromEpochSecond(start), to: fromEpochSecond(end), seconds: end - start });
    }
  }
  return spans;
}
