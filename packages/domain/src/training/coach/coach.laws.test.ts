import { expect, test } from "vitest";
import { grade } from "../grade.ts";
import { playedPart, sessionEventSchema } from "../session-log.ts";
import { changedLog } from "./change.ts";
import { coach } from "./coach.ts";
import { drawSession } from "./session.fixtures.ts";
import { replay, stepsOf } from "./steps.ts";

test("a log that is played again without a change is the same, whatever a trainer corrected", () => {
  let corrected = 0;
  for (let seed = 1; seed <= 500; seed += 1) {
    const { setting, log } = drawSession(seed);
    // Steps without a place are all played by the engine.
    const steps = stepsOf(log).map((step) => ({ ...step, sequence: null }));
    const again = replay(setting, log, steps);
    expect(again.filter(({ kind }) => kind !== "act_corrected")).toEqual(
      log.filter(({ kind }) => kind !== "act_corrected"),
    );
    expect(playedPart(again)).toEqual(playedPart(log));
    corrected += log.filter(({ kind }) => kind === "act_corrected").length;
  }
  expect(corrected).toBeGreaterThan(50);
});

const more = new Set(["said_too", "said_more", "used", "moved", "opened", "picked", "noted"]);

test("every piece of advice is worth what the changed log scores, best first, ten at most", () => {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= 150; seed += 1) {
    const { setting, log } = drawSession(seed);
    const score = (events: typeof log) => grade(setting.scenario, setting.castId, events);
    const advice = coach(setting, log);
    expect(advice.length).toBeLessThanOrEqual(10);
    for (const [index, { change, worth, overall, wouldPass, text }] of advice.entries()) {
      const changed = changedLog(setting, log, change);
      expect(score(changed)).toMatchObject({ overall, isPassed: wouldPass });
      expect(overall - score(log).overall).toBe(worth);
      expect(worth).toBeGreaterThan(0);
      expect(worth).toBeLessThanOrEqual(advice[index - 1]?.worth ?? 10_000);
      expect(text).toMatch(/^If you had .+: \+\d+\.\d\d$/s);
      for (const [place, event] of changed.entries()) {
        expect(sessionEventSchema.safeParse(event).success).toBe(true);
        expect(event.sequence).toBe(place + 1);
      }
      kinds.add(change.kind);
    }
    // One more thing costs nothing that was earned, and no line is only another way to what another one wins.
    const before = score(log);
    const wins = advice
      .filter(({ change }) => more.has(change.kind))
      .map(({ change, worth }) => {
        const after = score(changedLog(setting, log, change));
        const judged = before.criteria.flatMap((one, index) => {
          const is = after.criteria[index]!.millionths ?? 1_000_000;
          const credit = { id: one.id, was: one.millionths ?? 1_000_000, is };
          return one.section === "responseTime" ? [] : [credit];
        });
        expect(judged.filter(({ was, is }) => was === 1_000_000 && is < was)).toEqual([]);
        const won = judged.filter(({ was, is }) => is > was).map(({ id, is }) => `${id} ${is}`);
        const fails = before.autoFails.length - after.autoFails.length;
        return { worth, fails, won: won.join() };
      });
    const ways = wins.flatMap(({ won, fails }) => (won !== "" && fails === 0 ? [won] : []));
    expect(new Set(ways).size).toBe(ways.length);
    expect(coach(setting, log)).toEqual(advice);
  }
  expect([...kinds].toSorted()).toEqual([
    "ended",
    "hurried",
    "left_unsaid",
    "left_unused",
    "moved",
    "noted",
    "opened",
    "picked",
    "refused",
    "said_more",
    "said_too",
    "turned",
    "used",
    "verified",
  ]);
});
