import fc from "fast-check";
import { expect, test } from "vitest";
import {
  achievementCounters,
  achievementCriteriaSchema,
  achievementMetrics,
  achievementProgress,
  isAchieved,
} from "./achievement.ts";
import { counted } from "./performance/counted.fixtures.ts";

const traits = counted({}).traits;

test("counters count what was refused, noted and answered in time in sessions that were passed, and nothing else", () => {
  const sessions = [
    counted({ localDate: "2026-01-12" }),
    counted({ localDate: "2026-01-13", overall: 8_000 }),
    counted({ scenarioKey: "vpn", localDate: "2026-01-15", traits: { ...traits, hasCompleteNote: true } }),
    counted({
      scenarioKey: "vpn",
      localDate: "2026-01-15",
      overall: 8_000,
      castRole: "impostor",
      traits: { ...traits, isImpostorRefused: true, isFirstReplyInTime: true },
    }),
    counted({
      isPassed: false,
      overall: 1_200,
      castRole: "impostor",
      traits: { ...traits, isImpostorRefused: true, isFirstReplyInTime: true, hasCompleteNote: true },
    }),
  ];
  expect(achievementCounters(sessions)).toEqual({
    sessions_passed: 4,
    scenarios_passed: 2,
    impostors_refused: 1,
    perfect_scores: 2,
    complete_notes: 1,
    first_responses_in_target: 1,
    longest_streak_days: 2,
  });
});

test("no counter becomes less by one more session", () => {
  const session = fc
    .record({
      scenarioKey: fc.constantFrom("a", "b", "c"),
      isPassed: fc.boolean(),
      overall: fc.constantFrom(4_000, 10_000),
      day: fc.integer({ min: 1, max: 28 }),
      flags: fc.record({
        isImpostorRefused: fc.boolean(),
        hasCompleteNote: fc.boolean(),
        isFirstReplyInTime: fc.boolean(),
      }),
    })
    .map(({ day, flags, ...rest }) =>
      counted({
        ...rest,
        localDate: `2026-01-${String(day).padStart(2, "0")}`,
        traits: { ...traits, ...flags },
      }),
    );
  fc.assert(
    fc.property(fc.array(session, { maxLength: 15 }), session, (sessions, more) => {
      const before = achievementCounters(sessions);
      const after = achievementCounters([...sessions, more]);
      for (const metric of achievementMetrics) expect(after[metric]).toBeGreaterThanOrEqual(before[metric]);
    }),
    { numRuns: 2_000, seed: 4 },
  );
});

test("all takes every counter, any takes one; progress is that of the one that decides", () => {
  const counters = { ...achievementCounters([]), sessions_passed: 5, impostors_refused: 1 };
  const both = [
    { metric: "sessions_passed" as const, atLeast: 5 },
    { metric: "impostors_refused" as const, atLeast: 4 },
  ];
  expect(isAchieved({ all: both }, counters)).toBe(false);
  expect(isAchieved({ any: both }, counters)).toBe(true);
  expect(achievementProgress({ all: both }, counters)).toBe(250_000);
  expect(achievementProgress({ any: both }, counters)).toBe(1_000_000);
});

test("criteria over a counter that does not exist are refused", () => {
  expect(achievementCriteriaSchema.safeParse({ all: [{ metric: "luck", atLeast: 1 }] }).success).toBe(false);
  expect(
    achievementCriteriaSchema.safeParse({ all: [{ metric: "perfect_scores", atLeast: 1 }] }).success,
  ).toBe(true);
});
