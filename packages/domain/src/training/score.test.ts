import { describe, expect, test } from "vitest";
import { passPower } from "./pass-power.ts";
import { FULL, millionths, roundHalfUp } from "./rational.ts";
import { type Credit, capped, rawOverall, sectionScore, sections } from "./score.ts";
import { streakOf } from "./streak.ts";
import { attemptXp, xpGain } from "./xp.ts";

const weights = { verification: 30, communication: 20, technical: 25, documentation: 15, responseTime: 10 };
const of = (...points: number[]) =>
  Object.fromEntries(sections.map((section, i) => [section, Math.round(points[i]! * 100)])) as Record<
    (typeof sections)[number],
    number
  >;
const noHints = { nudge: 0, guided: 0, strong: 0 };

describe("the worked numbers", () => {
  test.each([
    ["careful", [100, 100, 100, 100, 100], [], 100],
    ["reset before verifying", [20, 57.14, 41.67, 57.14, 100], [], 46.42],
    ["… capped", [20, 57.14, 41.67, 57.14, 100], [0], 0],
    ["slow, no empathy, bare note", [100, 28.57, 41.67, 42.86, 68.33], [], 59.39],
    ["asks for the code", [0, 100, 100, 100, 100], [], 70],
    ["… capped", [0, 100, 100, 100, 100], [40], 40],
    ["reads out a name", [90, 100, 100, 100, 100], [], 97],
    ["… capped", [90, 100, 100, 100, 100], [69], 69],
    ["a mixed row", [90, 82.5, 76.67, 60, 95.33], [], 81.2],
  ])("overall, %s", (_, points, caps, overall) => {
    const cents = caps.map((cap) => cap * 100);
    expect(capped(rawOverall(of(...points), weights), cents) / 100).toBe(overall);
  });

  test("sections are rounded halves up from credits", () => {
    const credit = (weight: number, n: number, d: number): Credit => ({
      weight,
      millionths: millionths(n, d),
    });
    expect(sectionScore([credit(4, 1, 1), credit(3, 0, 1)])).toBe(5_714);
    expect(sectionScore([credit(5, 1, 1), credit(7, 0, 1)])).toBe(4_167);
    expect(sectionScore([{ weight: 1, millionths: 500_050 }])).toBe(5_001);
    expect(sectionScore([{ weight: 3, millionths: null }])).toBeNull();
  });

  test.each([
    [10_000, true, true, noHints, 125],
    [10_000, true, true, { ...noHints, nudge: 1 }, 119],
    [10_000, true, false, noHints, 100],
    [5_939, false, true, noHints, 0],
    [8_120, true, true, noHints, 86],
    [8_120, true, true, { ...noHints, nudge: 1 }, 82],
    [8_120, true, false, noHints, 69],
    [8_120, true, false, { nudge: 0, guided: 1, strong: 1 }, 48],
  ])("XP of %i, passed %s, first %s, hints %o is %i", (overall, isPassed, isFirst, hints, xp) => {
    expect(attemptXp(100, { overall, isPassed, isFirst, hints })).toBe(xp);
  });

  test("a scenario pays only what an attempt is better than the best before", () => {
    const attempts = [
      { overall: 5_900, isPassed: false, isFirst: true, hints: noHints },
      { overall: 7_400, isPassed: true, isFirst: false, hints: { ...noHints, guided: 1 } },
      { overall: 9_200, isPassed: true, isFirst: false, hints: noHints },
      { overall: 8_800, isPassed: true, isFirst: false, hints: noHints },
    ];
    let best = 0;
    const gains = attempts.map((attempt) => {
      const gain = xpGain(attemptXp(100, attempt), best);
      best += gain;
      return gain;
    });
    expect(gains).toEqual([0, 51, 36, 0]);
  });

  test("pass^3 for 4 of 4, 3 of 4, 4 of 5 and 5 of 6", () => {
    const power = (passed: number, attempts: number) => passPower({ attempts, passed, k: 3 }) / FULL;
    expect([power(4, 4), power(3, 4), power(4, 5), power(5, 6)]).toEqual([1, 0.25, 0.4, 0.5]);
    expect(() => passPower({ attempts: 2, passed: 2, k: 3 })).toThrow(RangeError);
  });
});

test("rounding is to the nearest, halves up, on both sides of zero", () => {
  expect([roundHalfUp(5n, 2n), roundHalfUp(-5n, 2n), roundHalfUp(7n, 4n), roundHalfUp(-7n, 4n)]).toEqual([
    3, -2, 2, -2,
  ]);
});

describe("a streak", () => {
  test("counts days in a row up to today or yesterday, in any order and however often", () => {
    const days = ["2026-01-10", "2026-01-12", "2026-01-11", "2026-01-11", "2025-12-31"];
    expect(streakOf(days, "2026-01-12")).toEqual({ current: 3, longest: 3 });
    expect(streakOf(days, "2026-01-13")).toEqual({ current: 3, longest: 3 });
    expect(streakOf(days, "2026-01-14")).toEqual({ current: 0, longest: 3 });
    expect(streakOf([], "2026-01-14")).toEqual({ current: 0, longest: 0 });
  });
});
