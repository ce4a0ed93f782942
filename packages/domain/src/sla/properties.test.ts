import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toInstant } from "../instant.ts";
import { compileCalendar } from "./business-time.ts";
import { type BusinessCalendar, type DayInterval, minuteOfDay, weekdays } from "./calendar.ts";
import { pauseCycle, remainingSeconds, resumeCycle, startCycle } from "./cycle.ts";
import { dueAt } from "./due.ts";
import { elapsedSeconds } from "./elapsed.ts";
import type { EndedPause } from "./pause.ts";

const at = (second: number) => toInstant(second * 1000);

/** Counts by asking of every minute what the wall clock shows: the other way round than the engine, and slowly. */
function slowElapsed(
  calendar: BusinessCalendar,
  from: number,
  to: number,
  pauses: readonly [number, number][],
): number {
  const dated = new Map(
    calendar.holidays.map((day) => (typeof day === "string" ? [day, []] : [day.date, day.hours])),
  );
  const hoursOn = (date: Temporal.PlainDate): DayInterval[] =>
    dated.get(date.toString()) ?? calendar.hours[weekdays[date.dayOfWeek - 1]!] ?? [];
  let seconds = 0;
  let hours: { date: string; today: DayInterval[]; eve: DayInterval[] } | undefined;
  for (let minute = Math.floor(from / 60) * 60; minute < to; minute += 60) {
    const wall = Temporal.Instant.fromEpochMilliseconds(minute * 1000).toZonedDateTimeISO(calendar.timeZone);
    const date = wall.toPlainDate();
    if (hours?.date !== date.toString()) {
      hours = { date: date.toString(), today: hoursOn(date), eve: hoursOn(date.subtract({ days: 1 })) };
    }
    const now = wall.hour * 60 + wall.minute;
    const open =
      hours.today.some(([a, b]) => now >= minuteOfDay(a) && (now < minuteOfDay(b) || b < a)) ||
      hours.eve.some(([a, b]) => b < a && now < minuteOfDay(b));
    if (!open) continue;
    for (let second = Math.max(from, minute); second < Math.min(to, minute + 60); second += 1) {
      if (!pauses.some(([a, b]) => second >= a && second < b)) seconds += 1;
    }
  }
  return seconds;
}

// Whole hours: within a gap or a repeated hour the wall clock alone does not say what `compatible` says.
const hour = fc.integer({ min: 0, max: 23 }).map((h) => `${String(h).padStart(2, "0")}:00`);
const interval = fc
  .tuple(hour, fc.oneof(hour, fc.constant("24:00")))
  .filter(([a, b]) => a !== b)
  .map(([a, b]): DayInterval => [a, b]);
const day = fc.array(interval, { maxLength: 2 });
const DAY = 86_400;
const around = fc.constantFrom(
  "2026-01-12",
  "2026-03-27",
  "2026-04-03",
  "2026-09-04",
  "2026-10-23",
  "2026-10-30",
);

const situation = around.chain((date) => {
  const begin = Date.parse(date) / 1000;
  const second = fc.integer({ min: begin, max: begin + 4 * DAY });
  return fc.record({
    calendar: fc.record({
      timeZone: fc.constantFrom(
        "Europe/Berlin",
        "America/New_York",
        "America/Santiago",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
      ),
      hours: fc
        .record({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day })
        .filter((hours) => Object.values(hours).some((intervals) => intervals.length > 0)),
      holidays: fc.uniqueArray(
        fc.tuple(fc.integer({ min: 0, max: 4 }), fc.option(day, { nil: null })).map(([days, hours]) => {
          const exception = Temporal.PlainDate.from(date).add({ days }).toString();
          return hours ? { date: exception, hours } : exception;
        }),
        { maxLength: 2, selector: (holiday) => (typeof holiday === "string" ? holiday : holiday.date) },
      ),
    }) satisfies fc.Arbitrary<BusinessCalendar>,
    instants: fc.tuple(second, second, second).map((three) => three.sort((a, b) => a - b)),
    pauses: fc.array(fc.tuple(second, fc.integer({ min: 0, max: DAY })), { maxLength: 3 }),
    targetSeconds: fc.integer({ min: 1, max: 3 * DAY }),
  });
});

type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function read({ calendar, instants, pauses, targetSeconds }: Situation) {
  const [a, b, c] = instants as [number, number, number];
  const spans = pauses.map(([from, length]): [number, number] => [from, from + length]);
  const ended = spans.map(([from, to]): EndedPause => ({ from: at(from), to: at(to) }));
  return { calendar, compiled: compileCalendar(calendar), a, b, c, spans, ended, targetSeconds };
}

const holds = (numRuns: number, property: (read_: ReturnType<typeof read>) => void) =>
  fc.assert(
    fc.property(situation, (given) => property(read(given))),
    { numRuns, seed: 20_260_112 },
  );

// The slow count is slow: the timeout is for a loaded machine.
describe("for any calendar, instants and pauses", () => {
  test("elapsed is what a second-by-second count gives", () =>
    holds(60, ({ calendar, compiled, a, c, spans, ended }) => {
      expect(elapsedSeconds(compiled, at(a), at(c), ended)).toBe(slowElapsed(calendar, a, c, spans));
    }));

  test("due is the first second at which a second-by-second count gives the target", () =>
    holds(60, ({ calendar, compiled, a, c, spans, ended }) => {
      const target = slowElapsed(calendar, a, c, spans);
      if (target === 0) return;
      const due = Date.parse(dueAt(compiled, at(a), target, ended)) / 1000;
      expect(due).toBeLessThanOrEqual(c);
      expect(slowElapsed(calendar, a, due, spans)).toBe(target);
      expect(slowElapsed(calendar, due - 1, due, spans)).toBe(1);
    }));

  test("elapsed adds up over any point between", () =>
    holds(300, ({ compiled, a, b, c, ended }) => {
      const part = (from: number, to: number) => elapsedSeconds(compiled, at(from), at(to), ended);
      expect(part(a, b) + part(b, c)).toBe(part(a, c));
    }));

  test("due and elapsed are inverse", () =>
    holds(300, ({ compiled, a, targetSeconds, ended }) => {
      const due = Date.parse(dueAt(compiled, at(a), targetSeconds, ended)) / 1000;
      expect(elapsedSeconds(compiled, at(a), at(due), ended)).toBe(targetSeconds);
      expect(elapsedSeconds(compiled, at(a), at(due - 1), ended)).toBe(targetSeconds - 1);
    }));

  test("a later start, a longer target or one pause more never makes it due earlier", () =>
    holds(300, ({ compiled, a, b, targetSeconds, ended }) => {
      const due = dueAt(compiled, at(a), targetSeconds, ended);
      expect(dueAt(compiled, at(b), targetSeconds, ended) >= due).toBe(true);
      expect(dueAt(compiled, at(a), targetSeconds + 1, ended) > due).toBe(true);
      expect(due >= dueAt(compiled, at(a), targetSeconds, ended.slice(1))).toBe(true);
    }));

  test("neither the order of pauses nor a pause given twice matters", () =>
    holds(200, ({ compiled, a, c, targetSeconds, ended }) => {
      const other = [...ended.toReversed(), ...ended];
      expect(elapsedSeconds(compiled, at(a), at(c), other)).toBe(
        elapsedSeconds(compiled, at(a), at(c), ended),
      );
      expect(dueAt(compiled, at(a), targetSeconds, other)).toBe(dueAt(compiled, at(a), targetSeconds, ended));
    }));

  test("a cycle that is paused and resumed step by step has the same due instant and remainder as the whole", () =>
    holds(300, ({ compiled, a, targetSeconds, ended }) => {
      const terms = {
        policyId: "p",
        policyVersion: 1,
        reason: { position: 1, matched: {} },
        standsWaiting: true,
        standsDone: true,
        calendarId: "c",
        calendarVersion: 1,
        targetSeconds,
        warnBeforeSeconds: null,
        escalateAfterSeconds: null,
      };
      let cycle = startCycle(compiled, { metric: "resolution", ordinal: 1, terms, startedAt: at(a) });
      const taken: EndedPause[] = [];
      for (const pause of ended.toSorted((x, y) => (x.from < y.from ? -1 : 1))) {
        const before = taken.at(-1)?.to ?? at(a);
        if (pause.from < before) continue;
        if (elapsedSeconds(compiled, at(a), pause.from, taken) >= targetSeconds) break;
        cycle = resumeCycle(pauseCycle(cycle, compiled, pause.from), compiled, pause.to);
        taken.push(pause);
      }
      const last = taken.at(-1)?.to ?? at(a);
      expect(cycle.dueAt).toBe(dueAt(compiled, at(a), targetSeconds, taken));
      expect(remainingSeconds(cycle, compiled, last)).toBe(
        targetSeconds - elapsedSeconds(compiled, at(a), last, taken),
      );
    }));
});
