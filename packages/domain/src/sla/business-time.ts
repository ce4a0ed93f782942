import { type BusinessCalendar, CalendarError, type DayInterval, minutesOf, weekdays } from "./calendar.ts";
import { type Instant, toEpochMs, toInstant } from "../instant.ts";

/** Seconds since 1970. The clock's grain: an instant within a second counts as the end of that second. */
export type EpochSecond = number;

export const toEpochSecond = (instant: Instant): EpochSecond => Math.ceil(toEpochMs(instant) / 1000);
export const fromEpochSecond = (second: EpochSecond): Instant => toInstant(second * 1000);

/** A calendar ready to count with: the business time of each week is worked out once, when first asked for. */
export interface CompiledCalendar {
  readonly calendar: BusinessCalendar;
  /** Business time of the `index`th week since 1970-01-01T00:00Z. */
  week(index: number): BusinessWeek;
}

/** Disjoint half-open intervals in order, as `[from, to, from, to, …]`, and their length together. */
interface BusinessWeek {
  edges: readonly EpochSecond[];
  totalSeconds: number;
}

const DAY = 86_400;
const WEEK = 7 * DAY;
const HORIZON_YEARS = 100;
const HORIZON_WEEKS = HORIZON_YEARS * 53;
const EPOCH = Temporal.PlainDateTime.from("1970-01-01T00:00");
/** A date may begin a day off UTC and its night shift ends on the next one. */
const DAYS_BEFORE = 3;
const DAYS_AFTER = 1;

/** @throws RangeError where the zone does not exist; see `calendarSchema` for what a usable calendar is. */
export function compileCalendar(calendar: BusinessCalendar): CompiledCalendar {
  const weekly = weekdays.map((day) => (calendar.hours[day] ?? []).map(minutesOf));
  const dated = new Map(
    calendar.holidays.map((holiday) => {
      const [date, hours]: [string, DayInterval[]] =
        typeof holiday === "string" ? [holiday, []] : [holiday.date, holiday.hours];
      return [Date.parse(date) / 1000 / DAY, hours.map(minutesOf)];
    }),
  );
  // 1970-01-01 was a Thursday, `weekly` begins with Monday.
  const minutesOn = (day: number) => dated.get(day) ?? weekly[(((day + 3) % 7) + 7) % 7] ?? [];
  const secondAt = (days: number, minutes: number): EpochSecond =>
    EPOCH.add({ days, minutes }).toZonedDateTime(calendar.timeZone, { disambiguation: "compatible" })
      .epochMilliseconds / 1000;

  const work = (index: number): BusinessWeek => {
    const begin = index * WEEK;
    const end = begin + WEEK;
    const intervals: [EpochSecond, EpochSecond][] = [];
    for (let day = begin / DAY - DAYS_BEFORE; day <= end / DAY + DAYS_AFTER; day += 1) {
      for (const [from, to] of minutesOn(day)) {
        intervals.push([Math.max(begin, secondAt(day, from)), Math.min(end, secondAt(day, to))]);
      }
    }
    return union(intervals);
  };

  const weeks = new Map<number, BusinessWeek>();
  return {
    calendar,
    week(index) {
      let week = weeks.get(index);
      if (!week) weeks.set(index, (week = work(index)));
      return week;
    },
  };
}

function union(intervals: [EpochSecond, EpochSecond][]): BusinessWeek {
  const edges: EpochSecond[] = [];
  let totalSeconds = 0;
  let end = -Infinity;
  for (const [from, to] of intervals.sort((a, b) => a[0] - b[0])) {
    const start = Math.max(from, end);
    if (start >= to) continue;
    if (start === end) edges.pop();
    else edges.push(start);
    edges.push(to);
    totalSeconds += to - start;
    end = to;
  }
  return { edges, totalSeconds };
}

/** Business seconds in [from, to). @throws CalendarError `calendar.horizon_exceeded` beyond a century. */
export function busySeconds(calendar: CompiledCalendar, from: EpochSecond, to: EpochSecond): number {
  if (to <= from) return 0;
  const first = Math.floor(from / WEEK);
  const last = Math.floor((to - 1) / WEEK);
  if (last - first > HORIZON_WEEKS) throw exceeded();
  let seconds = 0;
  for (let index = first; index <= last; index += 1) {
    const { edges, totalSeconds } = calendar.week(index);
    if (index > first && index < last) {
      seconds += totalSeconds;
      continue;
    }
    for (let edge = 0; edge < edges.length; edge += 2) {
      seconds += Math.max(0, Math.min(edges[edge + 1]!, to) - Math.max(edges[edge]!, from));
    }
  }
  return seconds;
}

/** The business time in [from, to), as disjoint half-open intervals in order. @throws CalendarError as `busySeconds`. */
export function busySpans(
  calendar: CompiledCalendar,
  from: EpochSecond,
  to: EpochSecond,
): [from: EpochSecond, to: EpochSecond][] {
  const spans: [EpochSecond, EpochSecond][] = [];
  if (to <= from) return spans;
  const first = Math.floor(from / WEEK);
  const last = Math.floor((to - 1) / WEEK);
  if (last - first > HORIZON_WEEKS) throw exceeded();
  for (let index = first; index <= last; index += 1) {
    const { edges } = calendar.week(index);
    for (let edge = 0; edge < edges.length; edge += 2) {
      const start = Math.max(edges[edge]!, from);
      const end = Math.min(edges[edge + 1]!, to);
      const before = spans.at(-1);
      if (start >= end) continue;
      if (before?.[1] === start) before[1] = end;
      else spans.push([start, end]);
    }
  }
  return spans;
}

/**
 * The earliest second with `seconds` of business time since `from`.
 * @throws CalendarError `calendar.no_business_time`, `calendar.horizon_exceeded` beyond a century.
 */
export function landingSecond(calendar: CompiledCalendar, from: EpochSecond, seconds: number): EpochSecond {
  if (seconds <= 0) return from;
  let left = seconds;
  const first = Math.floor(from / WEEK);
  for (let index = first; index <= first + HORIZON_WEEKS; index += 1) {
    const { edges, totalSeconds } = calendar.week(index);
    if (index > first && left > totalSeconds) {
      left -= totalSeconds;
      continue;
    }
    for (let edge = 0; edge < edges.length; edge += 2) {
      const start = Math.max(edges[edge]!, from);
      const length = edges[edge + 1]! - start;
      if (length <= 0) continue;
      if (left <= length) return start + left;
      left -= length;
    }
  }
  throw left === seconds ? new CalendarError({ code: "calendar.no_business_time" }) : exceeded();
}

const exceeded = () => new CalendarError({ code: "calendar.horizon_exceeded", horizonYears: HORIZON_YEARS });
