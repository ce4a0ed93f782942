import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { CountedSession } from "@helpdesk/domain";
import { query } from "../statement.ts";

/** A session's current grading: the last there is. */
const currentGrading = (organizationId: SQLWrapper): SQL => sql`
  lateral (
    select * from performance_metrics m
    where m.organization_id = ${organizationId} and m.training_session_id = s.id
    order by m.revision desc limit 1) m`;

/** Sessions called `s` with their grading `m`: ended ones on the real clock, which is all that counts. */
export const countedSessions = (organizationId: SQLWrapper): SQL => sql`
  training_sessions s cross join ${currentGrading(organizationId)}
  where s.organization_id = ${organizationId} and s.ended_at is not null and not s.is_virtual`;

/** A person's counted sessions in the order they ended. */
export const listCountedSessions = query<{ userId: string }, CountedSession>(
  (p) => sql`
    select s.id as "sessionId", s.scenario_key as "scenarioKey", c.title, c.difficulty, c.skills,
      s.cast_role as "castRole", s.ending, s.attempt, s.ended_at as "endedAt",
      to_char(s.ended_at at time zone u.time_zone, 'YYYY-MM-DD') as "localDate",
      jsonb_build_object('verification', m.verification_hundredths, 'communication', m.communication_hundredths,
        'technical', m.technical_hundredths, 'documentation', m.documentation_hundredths,
        'responseTime', m.response_time_hundredths) as sections,
      m.overall_hundredths as overall, m.is_passed as "isPassed", m.xp, m.details -> 'traits' as traits
    from users u, scenarios c, ${countedSessions(p.organizationId)} and s.user_id = ${p.userId}::uuid
      and u.organization_id = ${p.organizationId} and u.id = ${p.userId}::uuid
      and c.organization_id = ${p.organizationId} and c.id = s.scenario_id
    order by s.ended_at, s.id`,
);

export interface TraineeClock {
  name: string;
  /** The day it is where the person is: `2026-01-12`. */
  today: string;
  isOnLeaderboard: boolean;
  achievementXp: number;
}

/** What a summary takes beside the sessions. */
export const findTraineeClock = query<{ userId: string; now: string }, TraineeClock>(
  (p) => sql`
    select u.name, to_char(${p.now}::timestamptz at time zone u.time_zone, 'YYYY-MM-DD') as today,
      u.is_on_leaderboard as "isOnLeaderboard",
      coalesce((select sum(a.xp) from user_achievements e join achievements a on a.id = e.achievement_id
        where e.organization_id = ${p.organizationId} and e.user_id = u.id), 0)::int as "achievementXp"
    from users u where u.organization_id = ${p.organizationId} and u.id = ${p.userId}::uuid and not u.is_simulated`,
);
