import { z } from "zod";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** What is wrong with a calendar whose form is right. The last two are also found while counting. */
export type CalendarFault =
  | { code: "calendar.zone_unknown"; timeZone: string }
  | { code: "calendar.interval_empty"; day: string; interval: DayInterval }
  | { code: "calendar.hours_overlap"; day: string; interval: DayInterval }
  | { code: "calendar.date_repeated"; date: string }
  | { code: "calendar.no_business_time" }
  | { code: "calendar.horizon_exceeded"; horizonYears: number };

/** Thrown where a calendar cannot answer. */
export class CalendarError extends Error {
  override readonly name = "CalendarError";
  readonly fault: CalendarFault;

  constructor(fault: CalendarFault) {
    super(fault.code);
    this.fault = fault;
  }
}

const intervalSchema = z.tuple([
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a wall time from 00:00 to 23:59")
    .max(5),
  z
    .string()
    .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be a wall time from 00:00 to 24:00")
    .max(5),
]);
const intervalsSchema = z.array(intervalSchema).max(24);
const dateSchema = z.iso.date();
const dayHours = intervalsSchema.optional();

const formSchema = z.strictObject({
  timeZone: z.string().min(1).max(64),
  hours: z.strictObject({
    mon: dayHours,
    tue: dayHours,
    wed: dayHours,
    thu: dayHours,
    fri: dayHours,
    sat: dayHours,
    sun: dayHours,
  }),
  holidays: z
    .array(z.union([dateSchema, z.strictObject({ date: dateSchema, hours: intervalsSchema })]))
    .max(2000)
    .default([]),
});

/** Local wall times; the end may be `24:00`, and one before the start lies on the next day. */
export type DayInterval = z.infer<typeof intervalSchema>;

/**
 * Business time in an IANA zone. An interval belongs to the date it begins on: a holiday takes away the night
 * shift that begins on it, not the one that ends on it. A holiday is a date, or a date with hours of its own.
 */
export type BusinessCalendar = z.infer<typeof formSchema>;

export const calendarSchema = formSchema.superRefine((calendar, context) => {
  for (const fault of calendarFaults(calendar)) {
    context.addIssue({ code: "custom", message: describe(fault), params: fault, path: pathOf(fault) });
  }
});

export const minuteOfDay = (wallTime: string): number =>
  Number(wallTime.slice(0, 2)) * 60 + Number(wallTime.slice(3));

/** Minutes from the midnight its date begins with; the end is past 1440 where it lies on the next day. */
export function minutesOf([from, to]: DayInterval): [from: number, to: number] {
  const start = minuteOfDay(from);
  const end = minuteOfDay(to);
  return [start, end < start ? end + 1440 : end];
}

/** Whether there is such an IANA time zone. */
export const isZone = (timeZone: string): boolean => {
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(timeZone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
};

/** Everything wrong with it; empty means usable. */
export function calendarFaults({ timeZone, hours, holidays }: BusinessCalendar): CalendarFault[] {
  const faults: CalendarFault[] = [];
  if (!isZone(timeZone)) faults.push({ code: "calendar.zone_unknown", timeZone });
  const week = weekdays.flatMap((day, index) => spansOf(day, hours[day] ?? [], index * 1440));
  const dated = holidays.map((holiday) =>
    typeof holiday === "string" ? [] : spansOf(holiday.date, holiday.hours, 0),
  );
  for (const { day, interval, from, to } of [week, ...dated].flat()) {
    if (from === to) faults.push({ code: "calendar.interval_empty", day, interval });
  }
  faults.push(...overlaps(week, 7 * 1440), ...dated.flatMap((spans) => overlaps(spans, Infinity)));
  const seen = new Set<string>();
  for (const holiday of holidays) {
    const date = typeof holiday === "string" ? holiday : holiday.date;
    if (seen.has(date)) faults.push({ code: "calendar.date_repeated", date });
    seen.add(date);
  }
  if (week.length + dated.flat().length === 0) faults.push({ code: "calendar.no_business_time" });
  return faults;
}

interface Span {
  day: string;
  interval: DayInterval;
  from: number;
  to: number;
}

const spansOf = (day: string, intervals: readonly DayInterval[], offset: number): Span[] =>
  intervals.map((interval) => {
    const [from, to] = minutesOf(interval);
    return { day, interval, from: from + offset, to: to + offset };
  });

/** `roundMinutes` is where the first span follows the last again. */
function overlaps(spans: readonly Span[], roundMinutes: number): CalendarFault[] {
  const inOrder = spans.toSorted((a, b) => a.from - b.from || a.to - b.to);
  const [first] = inOrder;
  const round = first ? [...inOrder, { ...first, from: first.from + roundMinutes }] : [];
  return round.flatMap(({ day, interval, from }, index) => {
    const before = round[index - 1];
    return before && from < before.to ? [{ code: "calendar.hours_overlap" as const, day, interval }] : [];
  });
}

function describe(fault: CalendarFault): string {
  switch (fault.code) {
    case "calendar.zone_unknown":
      return `${fault.timeZone} is not a time zone of the IANA database`;
    case "calendar.interval_empty":
      return `${fault.interval.join("–")} on ${fault.day} has no length`;
    case "calendar.hours_overlap":
      return `${fault.interval.join("–")} on ${fault.day} overlaps the interval before it`;
    case "calendar.date_repeated":
      return `${fault.date} is given twice`;
    case "calendar.no_business_time":
      return "there is no business time";
    case "calendar.horizon_exceeded":
      return `there is too little business time in ${fault.horizonYears} years`;
  }
}

function pathOf(fault: CalendarFault): string[] {
  if (fault.code === "calendar.zone_unknown") return ["timeZone"];
  if (fault.code === "calendar.date_repeated") return ["holidays"];
  if (!("day" in fault)) return ["hours"];
  return (weekdays as readonly string[]).includes(fault.day) ? ["hours", fault.day] : ["holidays"];
}
