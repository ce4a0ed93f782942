import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { recordset } from "../sql.ts";
import { type Params, command, query, shaped } from "../statement.ts";
import { tellOfNotifications } from "./events.ts";
import { isSupervised } from "./cohort.ts";
import { countedSessions } from "./counted-sessions.ts";

export interface AssignmentRow {
  id: string;
  scenarioKey: string;
  /** The offered revision; null where there is none at present. */
  scenarioId: string | null;
  title: string;
  user: { id: string; name: string };
  assignedBy: { id: string; name: string };
  dueAt: Instant | null;
  note: string | null;
  cancelledAt: Instant | null;
  /** The first end of a passed session that was started after it was assigned. */
  completedAt: Instant | null;
  /** Sessions since it was assigned, and the best of them in hundredths of a point. */
  attempts: number;
  bestHundredths: number | null;
  createdAt: Instant;
  version: number;
}

/** Assignments called `a` of people called `u`, with what became of them as `d`. */
const assignments = (organizationId: SQLWrapper): SQL => sql`
  training_assignments a
  join users u on u.organization_id = ${organizationId} and u.id = a.user_id
  join users b on b.organization_id = ${organizationId} and b.id = a.assigned_by_id
  cross join lateral (
    select count(*)::int as attempts, max(m.overall_hundredths) as best,
      min(s.ended_at) filter (where m.is_passed) as completed_at
    from ${countedSessions(organizationId)} and s.user_id = a.user_id and s.scenario_key = a.scenario_key
      and s.started_at >= a.created_at) d
  cross join lateral (
    select c.title, case when c.state = 'active' then c.id end as id from scenarios c
    where c.organization_id = ${organizationId} and c.key = a.scenario_key
    order by (c.state = 'active') desc, c.revision desc limit 1) c`;

const columns = sql.raw(`
  a.id, a.scenario_key as "scenarioKey", c.id as "scenarioId", c.title,
  jsonb_build_object('id', u.id, 'name', u.name) as user, jsonb_build_object('id', b.id, 'name', b.name) as "assignedBy",
  a.due_at as "dueAt", a.note, a.cancelled_at as "cancelledAt", d.completed_at as "completedAt", d.attempts,
  d.best as "bestHundredths", a.created_at as "createdAt", a.version`);

export interface AssignmentValues {
  /** Who reads: their own, or those of people they supervise. */
  readerId: string;
  userId: string | null;
  scenarioKey: string | null;
  /** What is due before it is overdue. */
  now: Instant;
  afterValue: string | null;
  afterId: string | null;
}

type P = Params<AssignmentValues>;

const filters = {
  own: (p: P) => sql`a.user_id = ${p.readerId}::uuid`,
  /** Whoever supervises everybody still does not supervise themselves. */
  others: (p: P) => sql`a.user_id <> ${p.readerId}::uuid`,
  supervised: (p: P) => isSupervised(p.organizationId, p.readerId),
  person: (p: P) => sql`a.user_id = ${p.userId}::uuid`,
  scenario: (p: P) => sql`a.scenario_key = ${p.scenarioKey}::text`,
  open: (p: P) =>
    sql`a.cancelled_at is null and d.completed_at is null and (a.due_at is null or a.due_at >= ${p.now}::timestamptz)`,
  overdue: (p: P) =>
    sql`a.cancelled_at is null and d.completed_at is null and a.due_at < ${p.now}::timestamptz`,
  done: () =>
    sql`a.cancelled_at is null and (d.completed_at <= a.due_at or a.due_at is null and d.completed_at is not null)`,
  done_late: () => sql`a.cancelled_at is null and d.completed_at > a.due_at`,
  cancelled: () => sql`a.cancelled_at is not null`,
  not_cancelled: () => sql`a.cancelled_at is null`,
  after: (p: P) => sql`(a.created_at, a.id) < (${p.afterValue}::timestamptz, ${p.afterId}::uuid)`,
};

export type AssignmentFilter = keyof typeof filters;

const compiled = shaped((shape: string) => {
  const [limit, ...named] = shape.split(" ") as [string, ...AssignmentFilter[]];
  return query<AssignmentValues, AssignmentRow>((p) => {
    const conditions = [
      sql`a.organization_id = ${p.organizationId}`,
      ...named.map((name) => filters[name](p)),
    ];
    return sql`
      select ${columns} from ${assignments(p.organizationId)}
      where ${sql.join(conditions, sql` and `)}
      order by a.created_at desc, a.id desc limit ${sql.raw(limit)}`;
  });
});

/** The statement for a page of assignments with these filters, the latest first. */
export const listAssignments = (limit: number, named: AssignmentFilter[]) =>
  compiled([limit, ...named].join(" "));

/** Assignments by a JSON array of their ids, in the order of people's names. */
export const findAssignments = query<{ ids: string }, AssignmentRow>(
  (p) => sql`
    select ${columns} from ${assignments(p.organizationId)}
    where a.organization_id = ${p.organizationId}
      and a.id in (select value::uuid from jsonb_array_elements_text((${p.ids}::text)::jsonb))
    order by u.name, u.id`,
);

export const lockAssignment = command<
  { assignmentId: string },
  { id: string; userId: string; cancelledAt: Instant | null; version: number; updatedAt: Instant }
>(
  (p) => sql`
    select id, user_id as "userId", cancelled_at as "cancelledAt", version, updated_at as "updatedAt" from training_assignments
    where organization_id = ${p.organizationId} and id = ${p.assignmentId}::uuid for update`,
);

export const cancelAssignment = command<{ assignmentId: string; at: Instant }, never>(
  (p) => sql`
    update training_assignments set cancelled_at = ${p.at}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.assignmentId}`,
);

/** Has these people, a JSON array of ids, be given one assignment at a time. People are locked in the order of their ids. */
export const holdAssignees = command<{ userIds: string }, { id: string }>(
  (p) => sql`
    select id from users
    where organization_id = ${p.organizationId}
      and id in (select value::uuid from jsonb_array_elements_text((${p.userIds}::text)::jsonb))
    order by id for no key update`,
);

/** The assignments of a scenario that these people, a JSON array of ids, have and have not done yet. */
export const findOpenAssignments = query<
  { scenarioKey: string; userIds: string },
  { id: string; userId: string }
>(
  (p) => sql`
    select a.id, a.user_id as "userId" from ${assignments(p.organizationId)}
    where a.organization_id = ${p.organizationId} and a.scenario_key = ${p.scenarioKey} and a.cancelled_at is null
      and d.completed_at is null
      and a.user_id in (select value::uuid from jsonb_array_elements_text((${p.userIds}::text)::jsonb))`,
);

interface Writing {
  /** A JSON array of `id`, `userId` and `notificationId`. */
  assignments: string;
  scenarioKey: string;
  title: string;
  assignedById: string;
  dueAt: Instant | null;
  note: string | null;
  at: Instant;
}

/** Writes assignments and tells those people; one that is there already gets the new day and note. */
export const writeAssignments = command<Writing, never>(
  (p) => sql`
    with given as (
      select r.* from ${recordset(p.assignments, `id uuid, "userId" uuid, "notificationId" uuid`)}),
    written as (
      insert into training_assignments (organization_id, id, scenario_key, user_id, assigned_by_id, due_at, note,
        version, created_at, updated_at)
      select ${p.organizationId}::uuid, g.id, ${p.scenarioKey}, g."userId", ${p.assignedById}::uuid,
        ${p.dueAt}::timestamptz, ${p.note}::text, 1, ${p.at}::timestamptz, ${p.at}::timestamptz
      from given g
      on conflict (organization_id, id) do update set due_at = excluded.due_at, note = excluded.note,
        assigned_by_id = excluded.assigned_by_id, version = training_assignments.version + 1,
        updated_at = excluded.updated_at),
    told as (
      insert into notifications (organization_id, id, user_id, kind, actor_id, data, created_at)
      select ${p.organizationId}::uuid, g."notificationId", g."userId", 'training_assigned', ${p.assignedById}::uuid,
        jsonb_build_object('assignmentId', g.id, 'scenarioKey', ${p.scenarioKey}::text, 'title', ${p.title}::text),
        ${p.at}::timestamptz
      from given g
      returning id, user_id)
    ${tellOfNotifications(p.organizationId, p.at)}`,
);
