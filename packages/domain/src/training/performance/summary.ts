import type { Instant } from "../../instant.ts";
import { type Section, sections } from "../score.ts";
import { type Streak, streakOf } from "../streak.ts";
import { levelOf, xpOfLevel } from "../xp.ts";
import type { CountedSession } from "./counted.ts";
import { acceptanceOf } from "./pressure.ts";
import { type Trend, trendOf } from "./trend.ts";

export interface PersonalBest {
  scenarioKey: string;
  title: string;
  sessionId: string;
  overall: number;
  xp: number;
  attempts: number;
  endedAt: Instant;
}

export interface PerformanceSummary {
  xp: number;
  level: number;
  /** The XP at which this level began, and at which the next one does. */
  levelXp: number;
  nextLevelXp: number;
  streak: Streak;
  sessions: number;
  passed: number;
  overall: Trend;
  bySection: (Trend & { section: Section })[];
  bySkill: (Trend & { skill: string })[];
  personalBests: PersonalBest[];
  acceptance: ReturnType<typeof acceptanceOf>;
}

/** What a scenario pays: its best attempt; and what achievements pay beside. */
export const totalXp = (sessions: readonly CountedSession[], achievementXp: number): number =>
  bestsOf(sessions).reduce((sum, { xp }) => sum + xp, achievementXp);

/** How somebody trains, from their sessions in the order they ended: a pure function of them. */
export function summaryOf(
  sessions: readonly CountedSession[],
  { achievementXp, today }: { achievementXp: number; today: string },
): PerformanceSummary {
  const xp = totalXp(sessions, achievementXp);
  const level = levelOf(xp);
  const passed = sessions.filter(({ isPassed }) => isPassed);
  const skills = [...new Set(sessions.flatMap((session) => session.skills))].toSorted();
  return {
    xp,
    level,
    levelXp: xpOfLevel(level),
    nextLevelXp: xpOfLevel(level + 1),
    streak: streakOf(
      passed.map(({ localDate }) => localDate),
      today,
    ),
    sessions: sessions.length,
    passed: passed.length,
    overall: trendOf(sessions.map(({ overall }) => overall)),
    bySection: sections.map((section) => ({
      section,
      ...trendOf(sessions.map((session) => session.sections[section])),
    })),
    bySkill: skills.map((skill) => ({
      skill,
      ...trendOf(sessions.filter((session) => session.skills.includes(skill)).map(({ overall }) => overall)),
    })),
    personalBests: bestsOf(sessions),
    acceptance: acceptanceOf(sessions),
  };
}

/** The best attempt at each scenario, the first of equals; what it pays is the most that any attempt was worth. */
function bestsOf(sessions: readonly CountedSession[]): PersonalBest[] {
  const bests = new Map<string, PersonalBest>();
  for (const { scenarioKey, title, sessionId, overall, xp, endedAt } of sessions) {
    const known = bests.get(scenarioKey);
    const attempts = (known?.attempts ?? 0) + 1;
    const best =
      known && known.overall >= overall ? known : { scenarioKey, title, sessionId, overall, endedAt };
    bests.set(scenarioKey, { ...best, xp: Math.max(known?.xp ?? 0, xp), attempts });
  }
  return [...bests.values()].toSorted((a, b) => (a.scenarioKey < b.scenarioKey ? -1 : 1));
}
