import { sql } from "drizzle-orm";
import type { AchievementTier, Instant } from "@helpdesk/domain";
import { recordset } from "../sql.ts";
import { command, query } from "../statement.ts";

export interface AchievementRow {
  id: string;
  key: string;
  tier: AchievementTier;
  name: string;
  description: string;
  criteria: unknown;
  xp: number;
  /** Null where this person has not earned it. */
  earnedAt: Instant | null;
}

/** All achievements, with when a person earned them. */
export const listAchievements = query<{ userId: string }, AchievementRow>(
  (p) => sql`
    select a.id, a.key, a.tier, a.name, a.description, a.criteria, a.xp, e.earned_at as "earnedAt"
    from achievements a left join user_achievements e
      on e.organization_id = ${p.organizationId} and e.user_id = ${p.userId}::uuid and e.achievement_id = a.id
    order by a.position, a.key, a.tier`,
);

/** Gives what was earned; what somebody has already stays as it is. */
export const giveAchievements = command<
  { userId: string; sessionId: string; at: Instant; earned: string },
  { achievementId: string }
>(
  (p) => sql`
    insert into user_achievements (organization_id, user_id, achievement_id, training_session_id, earned_at)
    select ${p.organizationId}::uuid, ${p.userId}::uuid, r.id, ${p.sessionId}::uuid, ${p.at}::timestamptz
    from ${recordset(p.earned, "id uuid")}
    on conflict do nothing returning achievement_id as "achievementId"`,
);
