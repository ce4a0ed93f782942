import { sql } from "drizzle-orm";
import { recordset } from "../../sql.ts";
import { command, query } from "../../statement.ts";

/** All roles there are. */
export const listRolesNamed = query<Record<never, never>, { id: string; key: string; permissions: string[] }>(
  (p) => sql`select id, key, permissions from roles where organization_id = ${p.organizationId}`,
);

export interface KnownUserRow {
  id: string;
  email: string;
  isService: boolean;
  isActive: boolean;
  permissions: string[];
  departmentIds: string[];
}

/** People with these ids or addresses (JSON arrays), locked in the order of their ids. */
export const lockUsersNamed = command<{ ids: string; emails: string }, KnownUserRow>(
  (p) => sql`
    select u.id, u.email, u.is_service as "isService", u.deactivated_at is null as "isActive",
      (select r.permissions from roles r where r.organization_id = ${p.organizationId} and r.id = u.role_id) as permissions,
      array(select m.department_id from department_members m
        where m.organization_id = ${p.organizationId} and m.user_id = u.id) as "departmentIds"
    from users u
    where u.organization_id = ${p.organizationId} and not u.is_simulated and (
      u.id = any(array(select jsonb_array_elements_text((${p.ids}::text)::jsonb)::uuid))
      or u.email = any(array(select jsonb_array_elements_text((${p.emails}::text)::jsonb))))
    order by u.id for update of u`,
);

const userFields = `id uuid, email text, name text, "roleId" uuid, phone text, "jobTitle" text, locale text,
  "timeZone" text, "createdAt" timestamptz, "deactivatedAt" timestamptz, at timestamptz`;

/** Makes people, a JSON array of rows; of those who came meanwhile no row. */
export const insertUsersNamed = command<{ users: string }, { id: string }>(
  (p) => sql`
    insert into users (organization_id, id, email, name, role_id, phone, job_title, locale, time_zone, deactivated_at,
      created_at, updated_at)
    select ${p.organizationId}::uuid, r.id, r.email, r.name, r."roleId", r.phone, r."jobTitle", r.locale, r."timeZone",
      r."deactivatedAt", r."createdAt", r.at
    from ${recordset(p.users, userFields)} order by r.email
    on conflict (organization_id, email) do nothing returning id`,
);

/** Brings people to what lines say; role, address and whether they may come in are changed by their own acts alone. */
export const updateUsersNamed = command<{ users: string }, { id: string }>(
  (p) => sql`
    update users u set name = r.name, phone = r.phone, job_title = r."jobTitle", locale = r.locale,
      time_zone = r."timeZone", version = u.version + 1, updated_at = r.at
    from ${recordset(p.users, userFields)}
    where u.organization_id = ${p.organizationId} and u.id = r.id
      and (u.name, u.phone, u.job_title, u.locale, u.time_zone)
        is distinct from (r.name, r.phone, r."jobTitle", r.locale, r."timeZone")
    returning u.id`,
);

/** Makes people members of departments, a JSON array of pairs. Those who were members already are no rows. */
export const insertMembersNamed = command<{ members: string }, { userId: string }>(
  (p) => sql`
    insert into department_members (organization_id, department_id, user_id)
    select ${p.organizationId}::uuid, r."departmentId", r."userId"
    from ${recordset(p.members, '"departmentId" uuid, "userId" uuid')} order by r."departmentId", r."userId"
    on conflict (organization_id, department_id, user_id) do nothing returning user_id as "userId"`,
);
