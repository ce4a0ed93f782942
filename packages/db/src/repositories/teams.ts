import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { AssignmentStrategy, Instant } from "@helpdesk/domain";
import { departmentsOf, recordset } from "../sql.ts";
import { command, globalQuery, query } from "../statement.ts";
import type { CandidateRow } from "./candidates.ts";
import { ccIdsOf } from "./ticket-cc.ts";

/** One of a department's people, with what the department says of its assignment. */
export interface TeamMemberRow extends CandidateRow {
  isAvailable: boolean;
  openTickets: number;
  capacity: number | null;
  lastAssignedAt: Instant | null;
  assignment: AssignmentStrategy;
  /** Whether any open ticket of the department has nobody. */
  hasQueue: boolean;
}

const isLive = sql.raw("t.resolved_at is null and not t.is_simulated and t.archived_at is null");

/** How many open tickets a user called `u` has, of any department. */
const openTicketsOf = (organizationId: SQLWrapper): SQL => sql`
  (select count(*)::int from tickets t
    where t.organization_id = ${organizationId} and t.assignee_id = u.id and ${isLive})`;

/** The members of a department called `d` as `m`, with their users as `u`. */
const members = (organizationId: SQLWrapper): SQL => sql`
  department_members m
  join users u on u.organization_id = ${organizationId} and u.id = m.user_id and u.deactivated_at is null`;

const queueOf = (organizationId: SQLWrapper, departmentId: SQLWrapper): SQL => sql`
  tickets t where t.organization_id = ${organizationId} and t.department_id = ${departmentId}
    and t.assignee_id is null and ${isLive}`;

/**
 * Locks a department's people in the order of their ids: nobody else counts or changes what they have meanwhile.
 * Whoever counts them does so by a later statement.
 */
export const holdTeam = command<{ departmentId: string }, { id: string }>(
  (p) => sql`
    select u.id from users u
    where u.organization_id = ${p.organizationId} and u.id in (
      select m.user_id from department_members m
      where m.organization_id = ${p.organizationId} and m.department_id = ${p.departmentId})
    order by u.id for no key update`,
);

export const findTeam = query<{ departmentId: string }, TeamMemberRow>(
  (p) => sql`
    select u.id, u.name, true as "isActive", r.permissions, ${departmentsOf(p.organizationId)} as "departmentIds",
      u.is_available as "isAvailable", ${openTicketsOf(p.organizationId)} as "openTickets",
      coalesce(m.capacity, d.capacity) as capacity, m.last_assigned_at as "lastAssignedAt", d.assignment,
      exists (select from ${queueOf(p.organizationId, p.departmentId)}) as "hasQueue"
    from departments d
    join ${members(p.organizationId)} on m.organization_id = ${p.organizationId} and m.department_id = d.id
    join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    where d.organization_id = ${p.organizationId} and d.id = ${p.departmentId}
    order by u.name, u.id`,
);

/** How many tickets wait in a department's queue. */
export const countQueue = query<{ departmentId: string }, { count: number }>(
  (p) => sql`select count(*)::int as count from ${queueOf(p.organizationId, p.departmentId)}`,
);

/** Writes when members were last given a ticket: a JSON array. */
export const writeTurns = command<{ departmentId: string; turns: string }, never>(
  (p) => sql`
    update department_members m set last_assigned_at = r."lastAssignedAt"
    from ${recordset(p.turns, '"userId" uuid, "lastAssignedAt" timestamptz')}
    where m.organization_id = ${p.organizationId} and m.department_id = ${p.departmentId} and m.user_id = r."userId"`,
);

/** From whom a ticket of the queue was taken by hand; null where that was before it was last routed. */
const lastHolderOf = (organizationId: SQLWrapper): SQL => sql`
  (select case when h.kind = 'assignee_changed' and h.actor_kind = 'user'
      then (h.changes -> 'assignee' -> 'from' ->> 'id')::uuid end
    from ticket_history h
    where h.organization_id = ${organizationId} and h.ticket_id = t.id
      and h.kind in ('assignee_changed', 'department_changed')
    order by h.sequence desc limit 1)`;

/**
 * Locks what comes first in a department's queue, of what nobody is at and what one of `userIds` at least can be given:
 * not the ticket's own customer or people in copy, nor its last holder. The most urgent first, and of those the oldest.
 */
export const holdQueue = command<
  { departmentId: string; userIds: string; limit: number },
  { id: string; lastHolderId: string | null }
>(
  (p) => sql`
    select t.id, ${lastHolderOf(p.organizationId)} as "lastHolderId"
    from ${queueOf(p.organizationId, p.departmentId)}
      and exists (select from (select ${lastHolderOf(p.organizationId)} as id) last,
          unnest((${p.userIds}::text)::uuid[]) as free (id)
        where free.id <> t.customer_id and free.id is distinct from last.id
          and free.id::text <> all(${ccIdsOf(p.organizationId)}))
    order by array_position(array['urgent', 'high', 'medium', 'low'], t.priority), t.created_at, t.id
    limit ${p.limit}::int
    for update of t skip locked`,
);

const organization = sql.raw("d.organization_id");

/** Over all organizations: departments that give out tickets by themselves, with a queue and with somebody to give to. */
export const listQueues = globalQuery<Record<never, never>, { organizationId: string; departmentId: string }>(
  () => sql`
    select d.organization_id as "organizationId", d.id as "departmentId" from departments d
    where d.assignment <> 'manual' and d.archived_at is null
      and exists (select from ${queueOf(organization, sql.raw("d.id"))})
      and exists (select from ${members(organization)}
        where m.organization_id = d.organization_id and m.department_id = d.id and u.is_available
          and (coalesce(m.capacity, d.capacity) is null
            or ${openTicketsOf(organization)} < coalesce(m.capacity, d.capacity)))
    order by d.organization_id, d.id`,
);

/** Over all organizations: open tickets that somebody has who is out. */
export const listAbandoned = globalQuery<{ limit: number }, { organizationId: string; ticketId: string }>(
  (p) => sql`
    select t.organization_id as "organizationId", t.id as "ticketId"
    from users u join tickets t on t.organization_id = u.organization_id and t.assignee_id = u.id
    where u.deactivated_at is not null and ${isLive}
    limit ${p.limit}::int`,
);
