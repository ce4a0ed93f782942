import { listAchievements, listCountedSessions } from "@helpdesk/db";
import { achievementCounters, achievementCriteriaSchema, achievementProgress } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { Achievement } from "./view.ts";

/** All achievements, with what the actor earned and how far they are with the others. */
export async function achievements(ctx: Context): Promise<Achievement[]> {
  const { userId } = ctx.actor;
  const [rows, sessions] = await Promise.all([
    listAchievements(ctx.read, { userId }),
    listCountedSessions(ctx.read, { userId }),
  ]);
  const counters = achievementCounters(sessions);
  return rows.map(({ criteria, ...row }) => ({
    ...row,
    progressMillionths:
      row.earnedAt === null
        ? achievementProgress(achievementCriteriaSchema.parse(criteria), counters)
        : 1_000_000,
  }));
}
