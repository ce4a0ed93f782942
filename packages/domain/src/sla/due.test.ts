import { describe, expect, test } from "vitest";
import { compileCalendar } from "./business-time.ts";
import { calendarSchema, type BusinessCalendar } from "./calendar.ts";
import cases from "./cases/due-cases.json" with { type: "json" };
import { dueAt } from "./due.ts";
import { elapsedSeconds } from "./elapsed.ts";
import type { Pause } from "./pause.ts";

const calendars = new Map(
  Object.entries(cases.calendars).map(([name, calendar]) => [
    name,
    compileCalendar(calendarSchema.parse(calendar)),
  ]),
);
const seconds = (instant: string) => instant.replace(".000Z", "Z");

describe("the 36 due cases", () => {
  test("there are 36 of them", () => expect(cases.cases).toHaveLength(36));

  test.for(cases.cases.map((one) => [one.id, one] as const))("%s", ([, one]) => {
    const calendar = calendars.get(one.calendar)!;
    const pauses: Pause[] = one.pauses;
    const due = dueAt(calendar, one.start, one.targetSeconds, pauses);
    const used = elapsedSeconds(calendar, one.start, due ?? "2027-01-01T00:00:00.000Z", pauses);
    expect({ dueAt: due && seconds(due), remainingSeconds: one.targetSeconds - used }).toEqual({
      dueAt: one.expected.dueAt,
      remainingSeconds: one.expected.remainingSeconds ?? 0,
    });
  });
});

describe("calendars", () => {
  const berlin = (hours: BusinessCalendar["hours"], holidays: BusinessCalendar["holidays"] = []) =>
    compileCalendar(calendarSchema.parse({ timeZone: "Europe/Berlin", hours, holidays }));

  test("an interval that begins in the spring gap begins where the clocks go on", () => {
    const calendar = berlin({ sun: [["02:30", "04:00"]] });
    expect(elapsedSeconds(calendar, "2026-03-28T00:00:00.000Z", "2026-03-30T00:00:00.000Z")).toBe(30 * 60);
  });

  test("an interval that ends in the repeated autumn hour ends at its first pass", () => {
    const calendar = berlin({ sun: [["01:00", "02:30"]] });
    expect(elapsedSeconds(calendar, "2026-10-24T12:00:00.000Z", "2026-10-25T12:00:00.000Z")).toBe(90 * 60);
  });

  test("an interval that begins in the repeated hour begins at its first pass", () => {
    const calendar = berlin({ sun: [["02:30", "04:00"]] });
    expect(elapsedSeconds(calendar, "2026-10-24T12:00:00.000Z", "2026-10-25T12:00:00.000Z")).toBe(150 * 60);
  });

  test("intervals that the gap pushes into each other count once", () => {
    const calendar = berlin({
      sun: [
        ["01:00", "02:45"],
        ["03:00", "04:00"],
      ],
    });
    expect(elapsedSeconds(calendar, "2026-03-28T12:00:00.000Z", "2026-03-29T12:00:00.000Z")).toBe(2 * 3600);
  });

  test("a date with hours of its own has these and not the week's", () => {
    const calendar = berlin({ thu: [["09:00", "17:00"]] }, [
      { date: "2026-12-24", hours: [["10:00", "14:00"]] },
    ]);
    expect(elapsedSeconds(calendar, "2026-12-24T00:00:00.000Z", "2026-12-25T00:00:00.000Z")).toBe(4 * 3600);
    expect(dueAt(calendar, "2026-12-24T00:00:00.000Z", 4 * 3600)).toBe("2026-12-24T13:00:00.000Z");
    expect(dueAt(calendar, "2026-12-24T00:00:00.000Z", 4 * 3600 + 1)).toBe("2026-12-31T08:00:01.000Z");
  });

  test("a holiday takes away the night shift that begins on it and leaves the one that ends on it", () => {
    const calendar = berlin({ mon: [["22:00", "06:00"]], tue: [["22:00", "06:00"]] }, ["2026-01-13"]);
    const counted = (from: string, to: string) => elapsedSeconds(calendar, from, to);
    expect(counted("2026-01-12T12:00:00.000Z", "2026-01-13T12:00:00.000Z")).toBe(8 * 3600);
    expect(counted("2026-01-13T12:00:00.000Z", "2026-01-14T12:00:00.000Z")).toBe(0);
  });

  test("a date that a zone left out adds nothing", () => {
    const calendar = compileCalendar({
      timeZone: "Pacific/Apia",
      hours: { thu: [["09:00", "17:00"]], fri: [["09:00", "17:00"]], sat: [["09:00", "17:00"]] },
      holidays: [],
    });
    expect(elapsedSeconds(calendar, "2011-12-29T10:00:00.000Z", "2012-01-01T10:00:00.000Z")).toBe(16 * 3600);
  });

  test("a target of ten years has a due instant, and elapsed agrees", () => {
    const calendar = calendars.get("BER")!;
    const target = 10 * 366 * 86_400;
    const due = dueAt(calendar, "2026-01-12T08:00:00.000Z", target);
    expect(elapsedSeconds(calendar, "2026-01-12T08:00:00.000Z", due)).toBe(target);
  });

  test("a calendar without business time is a typed error, not a loop", () => {
    const closed = compileCalendar({ timeZone: "Europe/Berlin", hours: {}, holidays: [] });
    expect(() => dueAt(closed, "2026-01-12T08:00:00.000Z", 1)).toThrow(
      expect.objectContaining({ fault: { code: "calendar.no_business_time" } }),
    );
    expect(elapsedSeconds(closed, "2026-01-12T08:00:00.000Z", "2027-01-12T08:00:00.000Z")).toBe(0);
  });

  test("too little business time for a target is a typed error", () => {
    const once = berlin({}, [{ date: "2026-01-13", hours: [["09:00", "10:00"]] }]);
    expect(dueAt(once, "2026-01-12T08:00:00.000Z", 3600)).toBe("2026-01-13T09:00:00.000Z");
    expect(() => dueAt(once, "2026-01-12T08:00:00.000Z", 3601)).toThrow(
      expect.objectContaining({ fault: { code: "calendar.horizon_exceeded", horizonYears: 100 } }),
    );
  });

  test("fractions of a second: met at or before due is the same as elapsed within the target", () => {
    const calendar = calendars.get("24x7-BER")!;
    const start = "2026-01-12T08:00:00.400Z";
    expect(dueAt(calendar, start, 60)).toBe("2026-01-12T08:01:01.000Z");
    expect(elapsedSeconds(calendar, start, "2026-01-12T08:01:01.000Z")).toBe(60);
    expect(elapsedSeconds(calendar, start, "2026-01-12T08:01:01.001Z")).toBe(61);
  });
});
