import { type Instant, toEpochMs, toInstant } from "../instant.ts";
import { refuse } from "../refusal.ts";

export const intervals = ["hour", "day", "week", "month"] as const;
export type Interval = (typeof intervals)[number];

/** Half-open: what is at `until` is not in it. */
export interface ReportPeriod {
  from: Instant;
  until: Instant;
}

/** So many hours, days, weeks or months of a zone, the one that it is now being the last. */
export interface LatestPeriod {
  last: number;
  unit: Interval;
}

/** A part of a period: `label` is the zone's date, or date and hour with the offset, that it begins with. */
export interface Bucket extends ReportPeriod {
  label: string;
}

const DAY_MS = 86_400_000;

/** Longest periods, and most buckets of one. */
export const periodLimits = { days: 3_660, buckets: 750 } as const;

/** What a period has at least of each, to count its buckets before they are made. */
const atLeastMs: Record<Interval, number> = {
  hour: DAY_MS / 24,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 28 * DAY_MS,
};

const zoned = (instant: Instant, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone);

/** Midnight of a date, or the first instant after it where the zone left it out. */
const dayStart = (date: Temporal.PlainDate, zone: string): Instant =>
  toInstant(date.toZonedDateTime(zone).epochMilliseconds);

function dateStart(date: Temporal.PlainDate, interval: Exclude<Interval, "hour">): Temporal.PlainDate {
  if (interval === "day") return date;
  return interval === "week" ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 });
}

const hourStart = (at: Temporal.ZonedDateTime): Temporal.ZonedDateTime =>
  at.with({ minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });

/** Where the clock is moved by half an hour, the hour before or after it is as long as it is left. */
function nextHour(start: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const later = start.add({ hours: 1 });
  const next = hourStart(later);
  return next.epochMilliseconds > start.epochMilliseconds ? next : later;
}

/** Starts of intervals in order, from the one that `instant` is in, moved by so many. */
function* startsFrom(instant: Instant, interval: Interval, zone: string, moved = 0): Generator<Instant> {
  const at = zoned(instant, zone);
  if (interval === "hour") {
    for (let start = hourStart(at).add({ hours: moved }); ; start = nextHour(start))
      yield toInstant(start.epochMilliseconds);
  }
  const first = dateStart(at.toPlainDate(), interval);
  for (let index = moved; ; index++) yield dayStart(first.add({ [`${interval}s`]: index }), zone);
}

/**
 * The period that was asked for.
 * @throws RefusalError `report.period_invalid` where it ends before it begins, or is longer than ten years.
 */
export function reportPeriodOf(asked: ReportPeriod | LatestPeriod, zone: string, now: Instant): ReportPeriod {
  const period = "last" in asked ? latest(asked, zone, now) : { from: asked.from, until: asked.until };
  if (period.from > period.until) refuse({ code: "report.period_invalid", problem: "backward", limit: 0 });
  if (toEpochMs(period.until) - toEpochMs(period.from) > periodLimits.days * DAY_MS)
    refuse({ code: "report.period_invalid", problem: "too_long", limit: periodLimits.days });
  return period;
}

function latest({ last, unit }: LatestPeriod, zone: string, now: Instant): ReportPeriod {
  const [from] = startsFrom(now, unit, zone, 1 - last).take(1);
  const until = startsFrom(now, unit, zone, 1).find((start) => start > now);
  return { from: from!, until: until! };
}

/**
 * A period in parts, in order and without gaps; the first and the last are cut where the period begins and ends.
 * @throws RefusalError `report.period_invalid` where there would be more than can be.
 */
export function bucketsOf({ from, until }: ReportPeriod, interval: Interval, zone: string): Bucket[] {
  if ((toEpochMs(until) - toEpochMs(from)) / atLeastMs[interval] > periodLimits.buckets)
    refuse({ code: "report.period_invalid", problem: "too_many_buckets", limit: periodLimits.buckets });
  if (from === until) return [];
  const endMs = toEpochMs(until);
  const edges = [from];
  for (const start of startsFrom(from, interval, zone)) {
    // Not by their texts: a year of five digits comes before all others in these.
    if (toEpochMs(start) >= endMs) break;
    // A date that a zone left out has no time in it.
    if (start > edges.at(-1)!) edges.push(start);
  }
  return edges.map((edge, index) => ({
    from: edge,
    until: edges[index + 1] ?? until,
    label: labelOf(edge, interval, zone),
  }));
}

function labelOf(instant: Instant, interval: Interval, zone: string): string {
  const at = zoned(instant, zone);
  return interval === "hour"
    ? at.toString({ smallestUnit: "minute", timeZoneName: "never" })
    : at.toPlainDate().toString();
}
