import fc from "fast-check";
import { expect, test } from "vitest";
import { grade } from "../grade.ts";
import { castIdArb, scenarioArb } from "../laws.fixtures.ts";
import { playedPart } from "../session-log.ts";
import { attemptXp } from "../xp.ts";
import { feedback } from "./feedback.ts";
import { drawAnything, drawSession } from "./session.fixtures.ts";

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

test("in 1,000 sessions points won and lost add up to the hundredth, and so do what auto-fails and hints cost", () => {
  const seen = { fails: 0, hints: 0, partial: 0 };
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const { setting, log } = drawSession(seed);
    const { scenario, castId } = setting;
    const told = feedback(scenario, castId, log, { isFirst: true });
    const { overall, isPassed } = grade(scenario, castId, log);
    const won = sum(told.criteria.map((one) => one.won));
    expect(won + sum(told.criteria.map(({ lost }) => lost))).toBe(10_000);
    expect(won - sum(told.autoFails.map(({ cost }) => cost))).toBe(overall);
    expect(sum(told.sections.map((section) => section.won))).toBe(won);
    for (const { millionths, ...one } of told.criteria) {
      expect(Math.min(one.won, one.lost)).toBeGreaterThanOrEqual(0);
      expect(millionths > 0 || one.won === 0).toBe(true);
      expect(millionths < 1_000_000 || one.lost === 0).toBe(true);
      if (one.won > 0 && one.lost > 0) seen.partial += 1;
    }
    for (const { cost } of told.autoFails) expect(cost).toBeGreaterThanOrEqual(0);
    const hints = { nudge: 0, guided: 0, strong: 0 };
    const free = attemptXp(scenario.xp, { overall, isPassed, isFirst: true, hints });
    expect(free - sum(told.hints.map(({ xpCost }) => xpCost))).toBe(told.xp);
    seen.fails += told.autoFails.length;
    seen.hints += sum(told.hints.map(({ xpCost }) => Number(xpCost > 0)));
  }
  expect(Math.min(seen.fails, seen.hints, seen.partial)).toBeGreaterThan(10);
});

test("so they do in any scenario, whatever its criteria and weights", () => {
  fc.assert(
    fc.property(scenarioArb, castIdArb, fc.nat(), (scenario, castId, seed) => {
      const log = drawAnything({ scenario, castId, seed: "" }, seed);
      const told = feedback(scenario, castId, log);
      const won = sum(told.criteria.map((one) => one.won));
      const all = won + sum(told.criteria.map(({ lost }) => lost));
      const isJudged = told.criteria.some(({ section }) => scenario.weights[section] > 0);
      expect(all).toBe(isJudged ? 10_000 : 0);
      expect(won - sum(told.autoFails.map(({ cost }) => cost))).toBe(told.overall);
    }),
    { numRuns: 1_000, seed: 4 },
  );
});

test("evidence is what was said and done before the end, and feedback is the same after JSON", () => {
  for (let seed = 1; seed <= 250; seed += 1) {
    const { setting, log } = drawSession(seed);
    const told = feedback(setting.scenario, setting.castId, log);
    const kinds = new Map(playedPart(log).map(({ sequence, kind }) => [sequence, kind]));
    for (const { evidence } of [...told.criteria, ...told.autoFails])
      for (const { sequence, kind } of [evidence].flat()) expect(kinds.get(sequence)).toBe(kind);
    const again = JSON.parse(JSON.stringify(log)) as typeof log;
    expect(feedback(setting.scenario, setting.castId, again)).toEqual(JSON.parse(JSON.stringify(told)));
  }
});
