import { type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../statement.ts";
import { countedSessions } from "./counted-sessions.ts";

export interface CohortRow {
  userId: string;
  name: string;
  email: string;
  sessions: number;
  passed: number;
  scenariosPassed: number;
  /** Hundredths of a point. */
  average: number | null;
  lastSessionAt: string | null;
  impostors: number;
  falseAccepts: number;
  owners: number;
  falseRejects: number;
}

/** Whether a user called `u` is one whose training the reader sees, where that is not everybody: people of the departments they manage. */
export const isSupervised = (organizationId: SQLWrapper, readerId: SQLWrapper) => sql`exists (
  select from department_members dm
  join departments d on d.organization_id = ${organizationId} and d.id = dm.department_id
    and d.manager_id = ${readerId}::uuid and d.archived_at is null
  where dm.organization_id = ${organizationId} and dm.user_id = u.id)`;

/** People who practise and whom the reader supervises, in the order of their addresses, with how they do. */
export const listCohort = query<
  {
    readerId: string;
    isEverybody: boolean;
    departmentId: string | null;
    afterEmail: string | null;
    limit: number;
  },
  CohortRow
>(
  (p) => sql`
    with page as (
      select u.id, u.name, u.email from users u join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
      where u.organization_id = ${p.organizationId} and u.deactivated_at is null
        and r.permissions @> array['training.practise'] and u.id <> ${p.readerId}::uuid
        and (${p.isEverybody}::boolean or ${isSupervised(p.organizationId, p.readerId)})
        and (${p.departmentId}::uuid is null or exists (
          select from department_members dm where dm.organization_id = ${p.organizationId}
            and dm.department_id = ${p.departmentId}::uuid and dm.user_id = u.id))
        and (${p.afterEmail}::text is null or u.email > ${p.afterEmail}::text)
      order by u.email limit ${p.limit}::int),
    played as (
      select s.user_id, s.scenario_key, s.cast_role, s.ended_at, m.is_passed, m.overall_hundredths, m.details
      from ${countedSessions(p.organizationId)} and s.user_id in (select id from page))
    select page.id as "userId", page.name, page.email, count(played.user_id)::int as sessions,
      count(*) filter (where played.is_passed)::int as passed,
      count(distinct played.scenario_key) filter (where played.is_passed)::int as "scenariosPassed",
      round(avg(played.overall_hundredths))::int as average, max(played.ended_at) as "lastSessionAt",
      count(*) filter (where played.cast_role = 'impostor')::int as impostors,
      count(*) filter (where played.details #>> '{traits,acceptedUnder}' is not null)::int as "falseAccepts",
      count(*) filter (where played.cast_role = 'owner')::int as owners,
      count(*) filter (where played.details #>> '{traits,rejectedUnder}' is not null)::int as "falseRejects"
    from page left join played on played.user_id = page.id
    group by page.id, page.name, page.email order by page.email`,
);
