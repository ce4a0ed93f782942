import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grade } from "../grade.ts";
import { castIdArb, scenarioArb } from "../laws.fixtures.ts";
import { playMove, startSession } from "../move.ts";
import { playedPart } from "../session-log.ts";
import { boundOf } from "./bound.ts";
import { finish } from "./finish.ts";
import { castsOfOurs, drawAnything, drawSession, goOn } from "./session.fixtures.ts";

const start = () => startSession("2026-01-12T08:00:00.000Z");

describe("from the start", () => {
  test.each(castsOfOurs.map((setting) => [setting.scenario.id, setting.castId, setting] as const))(
    "%s can be brought to 100.00 with %s",
    (_id, _castId, setting) => {
      expect(finish(setting, start())).toMatchObject({ overall: 10_000, isPassed: true, bound: 10_000 });
    },
  );
});

test("what is found is what its moves score when they are played, and the same again", () => {
  for (let seed = 1; seed <= 250; seed += 1) {
    const { setting, log } = drawSession(seed);
    const { moves, overall, ...found } = finish(setting, log.slice(0, 6));
    const played = [...playedPart(log.slice(0, 6))];
    for (const move of moves) {
      const moved = playMove(setting, played, move, played.at(-1)!.at);
      if ("problem" in moved) throw new Error(moved.problem);
      played.push(...moved.events);
    }
    expect(played).toEqual(found.log);
    expect(grade(setting.scenario, setting.castId, played).overall).toBe(overall);
  }
});

test("along 250 sessions what is still in reach never rises, and no end of them goes beyond it", () => {
  for (let seed = 1; seed <= 250; seed += 1) {
    const { setting, log } = drawSession(seed);
    const part = playedPart(log);
    let reach = 10_000;
    for (let length = 1; length <= part.length; length += 1) {
      const { overall } = boundOf(setting, part.slice(0, length));
      expect(overall, `session ${seed} at ${length}`).toBeLessThanOrEqual(reach);
      reach = overall;
    }
    expect(grade(setting.scenario, setting.castId, log).overall).toBeLessThanOrEqual(reach);
  }
});

test("in any scenario, fair or not, no session scores more than the bound of any of its beginnings, nor does what is found", () => {
  fc.assert(
    fc.property(scenarioArb, castIdArb, fc.nat(), (scenario, castId, seed) => {
      const setting = { scenario, castId, seed: `${seed}` };
      const log = drawAnything(setting, seed);
      const { overall } = grade(scenario, castId, log);
      for (let length = 1; length < log.length; length += 3) {
        const found = finish(setting, log.slice(0, length));
        expect(overall).toBeLessThanOrEqual(found.bound);
        expect(found.overall).toBeLessThanOrEqual(found.bound);
      }
    }),
    { numRuns: 500, seed: 4 },
  );
});

test("from anywhere in a session no random continuation scores more than the bound, nor than what was found but by chatter", () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const { setting, log } = drawSession(seed);
    const { scenario, castId } = setting;
    const part = playedPart(log).slice(0, 3 + (seed % 20));
    const found = finish(setting, part);
    expect(found.overall).toBeLessThanOrEqual(found.bound);
    const best = grade(scenario, castId, found.log);
    for (let again = 1; again <= 5; again += 1) {
      const end = grade(scenario, castId, goOn({ setting, log: part }, seed * 100 + again));
      expect(end.overall).toBeLessThanOrEqual(found.bound);
      if (end.overall <= found.overall) continue;
      // More messages than are needed bring the mean down: that alone may be better.
      const better = end.criteria.filter(
        ({ millionths }, index) => (millionths ?? -1) > (best.criteria[index]!.millionths ?? -1),
      );
      expect(better.map(({ id }) => id)).toEqual(["mean_reply"]);
    }
  }
});
