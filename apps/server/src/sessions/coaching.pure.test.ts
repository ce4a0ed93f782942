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
/** No test waits for a limit that it does not set. */
const [waitMs, takeMs] = [60_000, 60_000];
const coaching = new Coaching({ waitMs, takeMs });
afterAll(() => coaching.close());

test("the thread says what the domain says", async () => {
  const { advice, pointOfNoReturn: lost } = (await coaching.coach("ben", "one", lesson))!;
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
  const both = [coaching.coach("ben", "broken", broken), coaching.coach("yuki", "two", lesson)] as const;
  await expect(both[0]).rejects.toThrow("nobody");
  expect(await both[1]).toEqual(await coaching.coach("ben", "three", lesson));
  await expect(coaching.coach("ben", "broken", broken)).rejects.toThrow("nobody");
});

test("the same log is played once, whoever asks and however often", async () => {
  const first = coaching.coach("ben", "four", lesson);
  expect(coaching.coach("yuki", "four", lesson)).toBe(first);
  await first;
  expect(coaching.coach("petra", "four", lesson)).toBe(first);
});

test("of what one person asks for one lesson waits, the last one; what others wait for stays", async () => {
  const current = coaching.coach("ben", "five", lesson);
  const [before, other, last] = [
    coaching.coach("ben", "six", lesson),
    coaching.coach("yuki", "seven", lesson),
    coaching.coach("ben", "eight", lesson),
  ];
  expect(await before).toBeNull();
  for (const given of [current, other, last]) expect((await given)?.advice.length).toBeGreaterThan(0);
  // It was not begun, so it may be asked for again.
  expect(await coaching.coach("ben", "six", lesson)).toEqual(await current);
});

test("what takes too long is given up and not begun again, and the next one has a thread of its own", async () => {
  const hasty = new Coaching({ waitMs, takeMs: 0 });
  const [one, two] = [hasty.coach("ben", "one", lesson), hasty.coach("yuki", "two", lesson)];
  expect(await Promise.all([one, two])).toEqual([null, null]);
  expect(hasty.coach("ben", "one", lesson)).toBe(one);
  await hasty.close();
});

test("whoever waits too long goes without, and may ask again", async () => {
  const busy = new Coaching({ waitMs: 0, takeMs });
  const [one, two] = [busy.coach("ben", "one", lesson), busy.coach("yuki", "two", lesson)];
  expect(await two).toBeNull();
  expect((await one)?.advice.length).toBeGreaterThan(0);
  expect(await busy.coach("yuki", "two", lesson)).toEqual(await one);
  await busy.close();
});
