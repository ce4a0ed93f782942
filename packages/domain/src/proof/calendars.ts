import { type BusinessCalendar, type DayInterval, minuteOfDay, weekdays } from "../sla/calendar.ts";

const week = (days: readonly (typeof weekdays)[number][], ...hours: DayInterval[]) =>
  Object.fromEntries(days.map((day) => [day, hours]));
const workdays = weekdays.slice(0, 5);

/** Each calendar as it is first, and as it is after each edit. All begin and end on quarters of an hour. */
export const calendarEditions: Readonly<Record<string, readonly BusinessCalendar[]>> = {
  office: [
    { timeZone: "Europe/Berlin", hours: week(workdays, ["09:00", "17:00"]), holidays: ["2026-04-03"] },
    {
      timeZone: "Europe/Berlin",
      hours: week(workdays, ["09:00", "17:00"]),
      holidays: ["2026-03-25", "2026-10-21", { date: "2026-01-15", hours: [["10:00", "11:15"]] }],
    },
    {
      timeZone: "Europe/Berlin",
      hours: week(workdays, ["07:30", "12:00"], ["12:45", "18:00"]),
      holidays: [],
    },
  ],
  new_york: [
    { timeZone: "America/New_York", hours: week(workdays, ["09:00", "17:00"]), holidays: ["2026-01-19"] },
    {
      timeZone: "America/New_York",
      hours: week([...workdays, "sat"], ["08:00", "20:00"]),
      holidays: ["2026-01-19"],
    },
  ],
  nights: [
    { timeZone: "Europe/Berlin", hours: week(weekdays, ["22:00", "06:00"]), holidays: ["2026-03-29"] },
    { timeZone: "Europe/Berlin", hours: week(weekdays, ["21:15", "05:30"]), holidays: ["2026-10-24"] },
  ],
  split: [
    {
      timeZone: "Asia/Kolkata",
      hours: { ...week(workdays, ["08:00", "12:15"], ["13:30", "18:15"]), sat: [["10:00", "12:00"]] },
      holidays: [{ date: "2026-01-14", hours: [["00:00", "24:00"]] }],
    },
    { timeZone: "Asia/Kolkata", hours: week(workdays, ["08:00", "18:15"]), holidays: ["2026-01-14"] },
  ],
  always: [
    { timeZone: "Etc/UTC", hours: week(weekdays, ["00:00", "24:00"]), holidays: [] },
    {
      timeZone: "Etc/UTC",
      hours: week(weekdays, ["00:00", "24:00"]),
      holidays: ["2026-01-13", "2026-10-27"],
    },
  ],
};

const QUARTER = 15;
const DAY_MS = 86_400_000;

const offsetOf = (timeZone: string, ms: number): number =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1_000_000;

/**
 * Which minutes since `baseMs` are business time, found out by asking the wall clock: the other way round than the
 * engine, which asks when the wall clock shows opening time.
 */
export function openMinutes(calendar: BusinessCalendar, baseMs: number, minutes: number): Uint8Array {
  const dated = new Map(
    calendar.holidays.map((day) => (typeof day === "string" ? [day, []] : [day.date, day.hours])),
  );
  const hoursOn = (dayMs: number): DayInterval[] => {
    const date = new Date(dayMs);
    return (
      dated.get(date.toISOString().slice(0, 10)) ??
      calendar.hours[weekdays[(date.getUTCDay() + 6) % 7]!] ??
      []
    );
  };
  const open = new Uint8Array(minutes);
  let day: { dayMs: number; today: DayInterval[]; eve: DayInterval[] } | undefined;
  let offsetMs = 0;
  for (let minute = 0; minute < minutes; minute += QUARTER) {
    const ms = baseMs + minute * 60_000;
    // Clocks change on the hour in UTC, in all of these zones.
    if (minute % 60 === 0) offsetMs = offsetOf(calendar.timeZone, ms);
    const wallMs = ms + offsetMs;
    const dayMs = wallMs - (wallMs % DAY_MS);
    if (day?.dayMs !== dayMs) day = { dayMs, today: hoursOn(dayMs), eve: hoursOn(dayMs - DAY_MS) };
    const now = (wallMs - dayMs) / 60_000;
    const isOpen =
      day.today.some(([a, b]) => now >= minuteOfDay(a) && (now < minuteOfDay(b) || b < a)) ||
      day.eve.some(([a, b]) => b < a && now < minuteOfDay(b));
    if (isOpen) open.fill(1, minute, minute + QUARTER);
  }
  return open;
}
