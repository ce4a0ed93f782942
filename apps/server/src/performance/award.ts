import { giveAchievements, holdPerson, listAchievements, listCountedSessions, type Unit } from "@helpdesk/db";
import { achievementCounters, achievementCriteriaSchema, type Instant, isAchieved } from "@helpdesk/domain";

/** Gives a trainee what a session that has just been graded earned them. What was earned once is never lost. */
export async function award(
  unit: Unit,
  { userId, sessionId, at }: { userId: string; sessionId: string; at: Instant },
): Promise<void> {
  // Two sessions that end at once count each other.
  await holdPerson(unit, { userId });
  const [rows, sessions] = await Promise.all([
    listAchievements(unit, { userId }),
    listCountedSessions(unit, { userId }),
  ]);
  const counters = achievementCounters(sessions);
  const earned = rows.filter(
    ({ earnedAt, criteria }) =>
      earnedAt === null && isAchieved(achievementCriteriaSchema.parse(criteria), counters),
  );
  if (earned.length === 0) return;
  await giveAchievements(unit, {
    userId,
    sessionId,
    at,
    earned: JSON.stringify(earned.map(({ id }) => ({ id }))),
  });
}
