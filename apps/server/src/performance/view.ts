import { castRoles, difficulties, pressureTactics, sections, sessionEndings } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema } from "../schemas.ts";

/** Hundredths of a point, 0 to 10,000. */
const scoreSchema = z.int().min(0).max(10_000);

const trend = {
  count: z.int(),
  average: scoreSchema.nullable(),
  /** The mean of the latest five. */
  recent: scoreSchema.nullable(),
  /** How much the latest five are better than the five before. */
  change: z.int().nullable(),
};
const rateSchema = z.object({ count: z.int(), of: z.int(), millionths: z.int().nullable() });
const rates = { falseAccepts: rateSchema, falseRejects: rateSchema };

/** One ended session in the line of them. */
const pointSchema = z.object({
  sessionId: idSchema,
  scenarioKey: z.string(),
  title: z.string(),
  difficulty: z.enum(difficulties),
  castRole: z.enum(castRoles),
  ending: z.enum(sessionEndings),
  attempt: z.int(),
  overall: scoreSchema,
  isPassed: z.boolean(),
  xp: z.int(),
  endedAt: instantSchema,
});

export const performanceSchema = z.object({
  userId: idSchema,
  name: z.string(),
  xp: z.int(),
  level: z.int(),
  levelXp: z.int(),
  nextLevelXp: z.int(),
  streak: z.object({ current: z.int(), longest: z.int() }),
  sessions: z.int(),
  passed: z.int(),
  overall: z.object(trend),
  bySection: z.array(z.object({ section: z.enum(sections), ...trend })),
  bySkill: z.array(z.object({ skill: z.string(), ...trend })),
  personalBests: z.array(
    z.object({
      scenarioKey: z.string(),
      title: z.string(),
      sessionId: idSchema,
      overall: scoreSchema,
      xp: z.int(),
      attempts: z.int(),
      endedAt: instantSchema,
    }),
  ),
  acceptance: z.object({
    ...rates,
    byPressure: z.array(z.object({ pressure: z.enum([...pressureTactics, "none"]), ...rates })),
  }),
  /** The share of other trainees with less XP, those with as much counted half, in millionths; null for the only one. */
  percentileMillionths: z.int().min(0).max(1_000_000).nullable(),
  isOnLeaderboard: z.boolean(),
  /** The latest hundred sessions, oldest first. */
  history: z.array(pointSchema),
});
export type Performance = z.output<typeof performanceSchema>;

export const rankSchema = z.object({
  userId: idSchema,
  name: z.string(),
  xp: z.int(),
  rank: z.int(),
  isMe: z.boolean(),
});
export type Rank = z.output<typeof rankSchema>;

export const memberSchema = z.object({
  userId: idSchema,
  name: z.string(),
  sessions: z.int(),
  passed: z.int(),
  scenariosPassed: z.int(),
  average: scoreSchema.nullable(),
  lastSessionAt: instantSchema.nullable(),
  impostors: z.int(),
  falseAccepts: z.int(),
  owners: z.int(),
  falseRejects: z.int(),
});
export type Member = z.output<typeof memberSchema>;

export const achievementSchema = z.object({
  id: idSchema,
  key: z.string(),
  tier: z.string(),
  name: z.string(),
  description: z.string(),
  xp: z.int(),
  earnedAt: instantSchema.nullable(),
  /** 1,000,000 is all of it. */
  progressMillionths: z.int().min(0).max(1_000_000),
});
export type Achievement = z.output<typeof achievementSchema>;
