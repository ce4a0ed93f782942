import fc from "fast-check";
import { expect, test } from "vitest";
import { passPower } from "./pass-power.ts";
import { FULL, roundHalfUp } from "./rational.ts";
import { type Credit, capped, rawOverall, sectionScore, type SectionScores, sections } from "./score.ts";
import { streakOf } from "./streak.ts";
import { attemptXp, hintLevels, levelOf, xpGain, xpOfLevel } from "./xp.ts";

const credit: fc.Arbitrary<Credit> = fc.record({
  weight: fc.integer({ min: 1, max: 100 }),
  millionths: fc.option(fc.integer({ min: 0, max: FULL })),
});
const credits = fc.array(credit, { maxLength: 12 });
const weight = fc.nat(100);
const weights = fc
  .tuple(weight, weight, weight, weight, weight)
  .map(
    (all) =>
      Object.fromEntries(sections.map((section, at) => [section, all[at]!])) as Record<
        (typeof sections)[number],
        number
      >,
  );
const score = fc.option(fc.nat(10_000));
const scored = fc
  .tuple(score, score, score, score, score)
  .map((all) => Object.fromEntries(sections.map((section, at) => [section, all[at]!])) as SectionScores);

const holds = <T extends unknown[]>(
  arbitraries: { [At in keyof T]: fc.Arbitrary<T[At]> },
  law: (...values: T) => void,
) =>
  fc.assert(
    fc.property(fc.tuple(...(arbitraries as fc.Arbitrary<unknown>[])), (values) => {
      law(...(values as T));
    }),
    { numRuns: 5_000, seed: 20_260_112 },
  );

test("bounded: a section is null where nothing applies, and else from 0 to 100.00", () => {
  holds([credits], (given) => {
    const score = sectionScore(given);
    expect(score === null).toBe(given.every(({ millionths }) => millionths === null));
    expect(score === null || (score >= 0 && score <= 10_000 && Number.isInteger(score))).toBe(true);
  });
});

test("bounded: the overall lies between the lowest and the highest section that counts", () => {
  holds([scored, weights], (given, by) => {
    const counted = sections
      .filter((section) => given[section] !== null && by[section] > 0)
      .map((one) => given[one]!);
    const raw = rawOverall(given, by);
    expect(raw).toBeGreaterThanOrEqual(Math.min(...counted, counted.length === 0 ? 0 : 10_000));
    expect(raw).toBeLessThanOrEqual(Math.max(...counted, 0));
  });
});

test("monotone: more of any credit is never less of the section, nor more of a section less of the overall", () => {
  holds([credits, credit, fc.nat(FULL)], (given, one, more) => {
    const before = sectionScore([...given, { ...one, millionths: one.millionths ?? 0 }])!;
    const better = { ...one, millionths: Math.max(one.millionths ?? 0, more) };
    expect(sectionScore([...given, better])).toBeGreaterThanOrEqual(before);
  });
  holds([scored, weights, fc.constantFrom(...sections), fc.nat(10_000)], (given, by, section, more) => {
    if (given[section] === null) return;
    const better = { ...given, [section]: Math.max(given[section], more) };
    expect(rawOverall(better, by)).toBeGreaterThanOrEqual(rawOverall(given, by));
  });
});

test("independent of the order of criteria", () => {
  holds(
    [credits.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))],
    ([all, other]) => {
      expect(sectionScore(other)).toBe(sectionScore(all));
    },
  );
});

test("unchanged when weights scale", () => {
  const by = fc.integer({ min: 2, max: 1_000 });
  holds([credits, scored, weights, by], (given, all, of, times) => {
    expect(sectionScore(given.map((one) => ({ ...one, weight: one.weight * times })))).toBe(
      sectionScore(given),
    );
    const scaled = Object.fromEntries(sections.map((one) => [one, of[one] * times])) as typeof of;
    expect(rawOverall(all, scaled)).toBe(rawOverall(all, of));
  });
});

test("neutral where it does not apply", () => {
  holds([credits, credit, scored, weights], (given, one, all, of) => {
    expect(sectionScore([...given, { ...one, millionths: null }])).toBe(sectionScore(given));
    const without = { ...of, technical: 0 };
    expect(rawOverall({ ...all, technical: null }, of)).toBe(
      rawOverall({ ...all, technical: null }, without),
    );
  });
});

test("all full is 100.00, all zero 0.00", () => {
  holds([credits, weights], (given, of) => {
    const all = (millionths: number) =>
      sectionScore(given.map((one) => ({ ...one, millionths: one.millionths === null ? null : millionths })));
    expect([all(FULL), all(0)]).toEqual(sectionScore(given) === null ? [null, null] : [10_000, 0]);
    const every = (points: number) =>
      rawOverall(Object.fromEntries(sections.map((one) => [one, points])) as SectionScores, of);
    const counts = sections.some((one) => of[one] > 0);
    expect([every(10_000), every(0)]).toEqual([counts ? 10_000 : 0, 0]);
  });
});

test("never above a cap, and one more never raises", () => {
  const cap = fc.nat(100).map((points) => points * 100);
  holds([fc.nat(10_000), fc.array(cap, { maxLength: 4 }), cap], (raw, caps, one) => {
    expect(capped(raw, caps)).toBe([raw, ...caps].toSorted((a, b) => a - b)[0]);
    expect(capped(raw, [...caps, one])).toBeLessThanOrEqual(capped(raw, caps));
  });
});

const hints = fc.record({ nudge: fc.nat(8), guided: fc.nat(8), strong: fc.nat(8) });
const attempt = fc.record({
  overall: fc.nat(10_000),
  isPassed: fc.boolean(),
  isFirst: fc.boolean(),
  hints,
});
const base = fc.constantFrom(50, 100, 180, 300);

test("XP never falls with the score, and never rises with a hint or a later attempt", () => {
  holds([base, attempt, fc.nat(10_000), fc.constantFrom(...hintLevels)], (worth, given, more, level) => {
    const xp = attemptXp(worth, given);
    const better = { ...given, overall: Math.max(given.overall, more) };
    const hinted = { ...given, hints: { ...given.hints, [level]: given.hints[level] + 1 } };
    expect(attemptXp(worth, better)).toBeGreaterThanOrEqual(xp);
    expect(attemptXp(worth, hinted)).toBeLessThanOrEqual(xp);
    expect(attemptXp(worth, { ...given, isFirst: false })).toBeLessThanOrEqual(
      attemptXp(worth, { ...given, isFirst: true }),
    );
    expect(xp >= 0 && xp <= (worth * 125) / 100).toBe(true);
    expect(given.isPassed || xp === 0).toBe(true);
  });
});

test("the gains of attempts sum to the best of them, in any order", () => {
  const total = (worths: readonly number[]) => worths.reduce((best, xp) => best + xpGain(xp, best), 0);
  holds([fc.array(fc.nat(400), { maxLength: 12 })], (worths) => {
    expect(total(worths)).toBe(Math.max(0, ...worths));
    expect(total(worths.toReversed())).toBe(total(worths));
  });
});

test("the level is the exact inverse of the XP that it takes", () => {
  holds([fc.integer({ min: 1, max: 1_000_000 })], (level) => {
    expect(levelOf(xpOfLevel(level))).toBe(level);
    expect(levelOf(xpOfLevel(level + 1) - 1)).toBe(level);
  });
});

test("a streak does not depend on the order or the number of sessions of a day, and one more day never shortens it", () => {
  const day = fc.integer({ min: 1, max: 28 }).map((date) => `2026-02-${String(date).padStart(2, "0")}`);
  holds([fc.array(day, { maxLength: 20 }), day, day], (dates, one, today) => {
    const streak = streakOf(dates, today);
    expect(streakOf([...dates, ...dates].toReversed(), today)).toEqual(streak);
    expect(streak.current).toBeLessThanOrEqual(streak.longest);
    const longer = streakOf([...dates, one], today);
    expect(longer.current).toBeGreaterThanOrEqual(streak.current);
    expect(longer.longest).toBeGreaterThanOrEqual(streak.longest);
  });
});

test("pass^k is certain where all passed, never more than pass^(k−1), and never rises with a failure", () => {
  const all = fc.integer({ min: 1, max: 40 });
  holds([all, fc.nat(40), fc.integer({ min: 1, max: 6 })], (attempts, failed, k) => {
    const passed = Math.max(0, attempts - failed);
    fc.pre(attempts >= k);
    const power = passPower({ attempts, passed, k });
    expect(passPower({ attempts, passed: attempts, k })).toBe(FULL);
    expect(passPower({ attempts: attempts + 1, passed, k })).toBeLessThanOrEqual(power);
    expect(power).toBeLessThanOrEqual(k === 1 ? FULL : passPower({ attempts, passed, k: k - 1 }));
  });
});

test("rounding is to the nearest whole, halves up", () => {
  holds([fc.bigInt({ min: -10_000n, max: 10_000n }), fc.bigInt({ min: 1n, max: 100n })], (n, d) => {
    const rounded = BigInt(roundHalfUp(n, d));
    // −d < 2(n − d·r) ≤ d would be halves down; up is −d ≤ 2(n − d·r) < d.
    const rest = 2n * (n - d * rounded);
    expect(rest >= -d && rest < d).toBe(true);
  });
});
