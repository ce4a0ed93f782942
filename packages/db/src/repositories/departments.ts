import { sql } from "drizzle-orm";
import { type AssignmentStrategy, type Instant, departmentReaders } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

interface Named {
  id: string;
  name: string;
}

export interface DepartmentRow extends Named {
  description: string;
  manager: Named | null;
  /** The one of its own, which counts before its policies'. */
  calendar: Named | null;
  assignment: AssignmentStrategy;
  capacity: number | null;
  /** Those whom the membership lets see tickets: see `readsDepartments`. */
  members: Named[];
  archivedAt: Instant | null;
  version: number;
}

/** Whether a user called `u` with a role called `r` is active and reads the tickets of departments. */
export const readsDepartments = sql.raw(
  `(u.deactivated_at is null and r.permissions && array[${departmentReaders.map((name) => `'${name}'`).join(", ")}])`,
);

export const findDepartment = query<{ departmentId: string }, DepartmentRow>(
  (p) => sql`
    select d.id, d.name, d.description,
      case when m.id is null then null else jsonb_build_object('id', m.id, 'name', m.name) end as manager,
      case when c.id is null then null else jsonb_build_object('id', c.id, 'name', c.name) end as calendar,
      coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.name, u.id)
        from department_members dm
        join users u on u.organization_id = ${p.organizationId} and u.id = dm.user_id
        join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
        where dm.organization_id = ${p.organizationId} and dm.department_id = d.id and ${readsDepartments}), '[]') as members,
      d.assignment, d.capacity, d.archived_at as "archivedAt", d.version
    from departments d
    left join users m on m.organization_id = ${p.organizationId} and m.id = d.manager_id
    left join business_calendars c on c.organization_id = ${p.organizationId} and c.id = d.calendar_id
    where d.organization_id = ${p.organizationId} and d.id = ${p.departmentId}`,
);

/** The calendars that open departments have of their own. */
export const listDepartmentCalendars = query<Record<never, never>, { calendarId: string }>(
  (p) => sql`
    select distinct calendar_id as "calendarId" from departments
    where organization_id = ${p.organizationId} and calendar_id is not null and archived_at is null`,
);

export const listArchivedDepartments = query<Record<never, never>, Named>(
  (p) => sql`
    select id, name from departments
    where organization_id = ${p.organizationId} and archived_at is not null order by name`,
);

export interface LockedDepartment extends Named {
  description: string;
  managerId: string | null;
  calendarId: string | null;
  assignment: AssignmentStrategy;
  capacity: number | null;
  archivedAt: Instant | null;
  version: number;
  updatedAt: Instant;
}

export const lockDepartment = command<{ departmentId: string }, LockedDepartment>(
  (p) => sql`
    select id, name, description, manager_id as "managerId", calendar_id as "calendarId",
      assignment, capacity, archived_at as "archivedAt", version, updated_at as "updatedAt"
    from departments where organization_id = ${p.organizationId} and id = ${p.departmentId} for no key update`,
);

export interface DepartmentValues {
  departmentId: string;
  name: string;
  description: string;
  managerId: string | null;
  calendarId: string | null;
  assignment: AssignmentStrategy;
  capacity: number | null;
  at: Instant;
}

export const insertDepartment = command<DepartmentValues, never>(
  (p) => sql`
    insert into departments (organization_id, id, name, description, manager_id, calendar_id, assignment, capacity,
      created_at, updated_at)
    values (${p.organizationId}, ${p.departmentId}, ${p.name}, ${p.description}, ${p.managerId}, ${p.calendarId},
      ${p.assignment},
      ${p.capacity}, ${p.at}, ${p.at})`,
);

export const updateDepartment = command<DepartmentValues, never>(
  (p) => sql`
    update departments set name = ${p.name}, description = ${p.description}, manager_id = ${p.managerId},
      calendar_id = ${p.calendarId}, assignment = ${p.assignment}, capacity = ${p.capacity},
      version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.departmentId}`,
);

export const setDepartmentArchivedAt = command<
  { departmentId: string; archivedAt: Instant | null; at: Instant },
  never
>(
  (p) => sql`
    update departments set archived_at = ${p.archivedAt}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.departmentId}`,
);

/** Makes exactly these people members. `userIds` is a JSON array. */
export const setDepartmentMembers = command<{ departmentId: string; userIds: string; at: Instant }, never>(
  (p) => sql`
    with chosen as (
      select value::uuid as id from jsonb_array_elements_text((${p.userIds}::text)::jsonb)),
    gone as (
      delete from department_members
      where organization_id = ${p.organizationId} and department_id = ${p.departmentId}::uuid
        and user_id not in (select id from chosen)),
    come as (
      insert into department_members (organization_id, department_id, user_id)
      select ${p.organizationId}::uuid, ${p.departmentId}::uuid, id from chosen
      on conflict do nothing)
    update departments set version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.departmentId}`,
);

/** A member's own capacity, or null for the department's. No row where they are no member. */
export const setMemberCapacity = command<
  { departmentId: string; userId: string; capacity: number | null; at: Instant },
  { id: string }
>(
  (p) => sql`
    with member as (
      update department_members set capacity = ${p.capacity}::int
      where organization_id = ${p.organizationId} and department_id = ${p.departmentId} and user_id = ${p.userId}
      returning user_id)
    update departments set version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.departmentId} and exists (select from member)
    returning id`,
);

/** Which of these people, a JSON array of ids, may belong to departments. */
export const findDepartmentReaders = query<{ userIds: string }, { id: string }>(
  (p) => sql`
    select u.id from users u
    join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    where u.organization_id = ${p.organizationId}
      and u.id in (select value::uuid from jsonb_array_elements_text((${p.userIds}::text)::jsonb))
      and ${readsDepartments}`,
);
