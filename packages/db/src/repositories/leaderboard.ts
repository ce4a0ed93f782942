import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { command, query } from "../statement.ts";
import { countedSessions } from "./counted-sessions.ts";

/**
 * What each session, and each achievement, paid to whom and when: of a scenario only what is better than the best
 * attempt before. Columns `user_id`, `at`, `xp`.
 */
const payments = (organizationId: SQLWrapper): SQL => sql`
  select worth.user_id, worth.ended_at as at, greatest(0, worth.xp - coalesce(max(worth.xp) over (
      partition by worth.user_id, worth.scenario_key order by worth.attempt
      rows between unbounded preceding and 1 preceding), 0)) as xp
  from (select s.user_id, s.scenario_key, s.ended_at, s.attempt, m.xp from ${countedSessions(organizationId)}) worth
  union all
  select e.user_id, e.earned_at, a.xp from user_achievements e join achievements a on a.id = e.achievement_id
  where e.organization_id = ${organizationId}`;

export interface RankRow {
  userId: string;
  name: string;
  xp: number;
  /** Those with as much share a rank. */
  rank: number;
}

/**
 * The ranks by XP earned from an instant on, of active people who want to be listed and have any; the reader's own row
 * is there as well, wherever it stands.
 */
export const listRanks = query<
  { from: string; departmentId: string | null; readerId: string; limit: number },
  RankRow
>(
  (p) => sql`
    with earned as (
      select paid.user_id, sum(paid.xp)::int as xp from (${payments(p.organizationId)}) paid
      where paid.at >= ${p.from}::timestamptz group by paid.user_id having sum(paid.xp) > 0),
    ranked as (
      select u.id, u.name, earned.xp, rank() over (order by earned.xp desc)::int as rank,
        row_number() over (order by earned.xp desc, u.name, u.id) as place
      from earned join users u on u.organization_id = ${p.organizationId} and u.id = earned.user_id
      where u.deactivated_at is null and (u.is_on_leaderboard or u.id = ${p.readerId}::uuid)
        and (${p.departmentId}::uuid is null or exists (
          select from department_members dm where dm.organization_id = ${p.organizationId}
            and dm.department_id = ${p.departmentId}::uuid and dm.user_id = u.id)))
    select id as "userId", name, xp, rank from ranked
    where place <= ${p.limit}::int or id = ${p.readerId}::uuid
    order by place`,
);

/** When a period began where the organization is; null for all time. */
export const findPeriodStart = query<{ period: string; now: string }, { from: string }>(
  (p) => sql`
    select case when ${p.period}::text = 'all' then '0001-01-01T00:00:00Z'::timestamptz
      else date_trunc(${p.period}::text, ${p.now}::timestamptz at time zone o.time_zone) at time zone o.time_zone end as "from"
    from organizations o where o.id = ${p.organizationId}`,
);

/** How many active trainees there are beside a person, and how many of them have less XP, or as much. */
export const countTraineesBelow = query<
  { userId: string; xp: number },
  { others: number; less: number; same: number }
>(
  (p) => sql`
    with earned as (
      select paid.user_id, sum(paid.xp) as xp from (${payments(p.organizationId)}) paid
      where paid.user_id <> ${p.userId}::uuid group by paid.user_id)
    select count(*)::int as others, count(*) filter (where earned.xp < ${p.xp}::int)::int as less,
      count(*) filter (where earned.xp = ${p.xp}::int)::int as same
    from earned join users u on u.organization_id = ${p.organizationId} and u.id = earned.user_id
    where u.deactivated_at is null`,
);

export const setOnLeaderboard = command<{ userId: string; isOnLeaderboard: boolean }, never>(
  (p) => sql`
    update users set is_on_leaderboard = ${p.isOnLeaderboard}::boolean
    where organization_id = ${p.organizationId} and id = ${p.userId}::uuid`,
);
