import { readFileSync } from "node:fs";
import {
  type SessionEvent,
  coach,
  playMove,
  plusSeconds,
  pointOfNoReturn,
  scenarioSchema,
  startSession,
} from "@helpdesk/domain";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { Coaching, type Lesson } from "./coaching.ts";

const file = new URL("../../../../packages/domain/scenarios/lost-authenticator.yaml", import.meta.url);
const scenario = scenarioSchema.parse(parse(readFileSync(file, "utf8")));
const setting = { scenario, castId: "maria", seed: "coaching" };

/** A session in which the authenticator was removed before anybody was verified. */
function careless(): SessionEvent[] {
  const log = startSession("2026-01-12T08:00:00.000Z");
  for (const move of [{ kind: "use_tool", tool: "reset_mfa" }, { kind: "resolve" }] as const) {
    const played = playMove(setting, log, move, plusSeconds(log.at(-1)!.at, 10));
    if ("events" in played) log.push(...played.events);
  }
  return log;
}

const lesson: Lesson = { setting, log: careless() };
const coaching = new Coaching();
afterAll(() => coaching.close());

test("the thread says what the domain says", async () => {
  const { advice, pointOfNoReturn: lost } = await coaching.coach("one", lesson);
  expect(advice).toEqual(
    coach(setting, lesson.log).map(({ text, worth, overall, wouldPass }) => ({
      text,
      worth,
      overall,
      wouldPass,
    })),
  );
  expect(advice.length).toBeGreaterThan(0);
  expect(lost).toMatchObject({ sequence: pointOfNoReturn(setting, lesson.log)!.sequence, after: 0 });
});

test("a lesson that breaks the thread fails by itself, and the next one is given by another thread", async () => {
  const broken: Lesson = { setting: { ...setting, castId: "nobody" }, log: lesson.log };
  await expect(coaching.coach("broken", broken)).rejects.toThrow("nobody");
  const again = await Promise.all([coaching.coach("two", lesson), coaching.coach("three", lesson)]);
  expect(again[0]).toEqual(again[1]);
  await expect(coaching.coach("broken", broken)).rejects.toThrow("nobody");
});
