import { z } from "zod";
import type { CountedSession } from "./performance/counted.ts";
import { streakOf } from "./streak.ts";

/** What achievements count. None can become less by training more. */
export const achievementMetrics = [
  "sessions_passed",
  "scenarios_passed",
  "impostors_refused",
  "perfect_scores",
  "complete_notes",
  "first_responses_in_target",
  "longest_streak_days",
] as const;
export type AchievementMetric = (typeof achievementMetrics)[number];

export type AchievementCounters = Record<AchievementMetric, number>;

const threshold = z.strictObject({ metric: z.enum(achievementMetrics), atLeast: z.int().positive() });

/** Earned where all of these, or any of those, are reached. */
export const achievementCriteriaSchema = z.union([
  z.strictObject({ all: z.array(threshold).min(1) }),
  z.strictObject({ any: z.array(threshold).min(1) }),
]);
export type AchievementCriteria = z.output<typeof achievementCriteriaSchema>;

export function achievementCounters(sessions: readonly CountedSession[]): AchievementCounters {
  // Only what was passed counts: an end at once, or a note without work, earns nothing.
  const passed = sessions.filter(({ isPassed }) => isPassed);
  const count = (is: (session: CountedSession) => boolean) => passed.filter(is).length;
  const dates = passed.map(({ localDate }) => localDate);
  return {
    sessions_passed: passed.length,
    scenarios_passed: new Set(passed.map(({ scenarioKey }) => scenarioKey)).size,
    impostors_refused: count(({ traits }) => traits.isImpostorRefused),
    perfect_scores: count(({ overall }) => overall === 10_000),
    complete_notes: count(({ traits }) => traits.hasCompleteNote),
    first_responses_in_target: count(({ traits }) => traits.isFirstReplyInTime),
    longest_streak_days: dates.length === 0 ? 0 : streakOf(dates, dates.toSorted().at(-1)!).longest,
  };
}

export function isAchieved(criteria: AchievementCriteria, counters: AchievementCounters): boolean {
  const isReached = ({ metric, atLeast }: z.output<typeof threshold>) => counters[metric] >= atLeast;
  return "all" in criteria ? criteria.all.every(isReached) : criteria.any.some(isReached);
}

/** How far one is on the way, in millionths: of what is furthest from reached, or nearest where any will do. */
export function achievementProgress(criteria: AchievementCriteria, counters: AchievementCounters): number {
  const shares = ("all" in criteria ? criteria.all : criteria.any).map(({ metric, atLeast }) =>
    Math.min(1_000_000, Math.floor((counters[metric] * 1_000_000) / atLeast)),
  );
  return "all" in criteria ? Math.min(...shares) : Math.max(...shares);
}
