import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";
import { mergedIdsOf } from "./merged-tickets.ts";

/** The ids of those who follow a ticket called `t`, or one merged into it, are active and may see it: rights may have gone since they began. */
export const seeingFollowers = (organizationId: SQLWrapper): SQL => sql`array(
  select distinct f.user_id::text from ticket_followers f
  join users u on u.organization_id = ${organizationId} and u.id = f.user_id and u.deactivated_at is null
  join roles r on r.organization_id = ${organizationId} and r.id = u.role_id
  where f.organization_id = ${organizationId} and f.ticket_id = any(${mergedIdsOf(organizationId)})
    and ('ticket.read_organization' = any(r.permissions)
      or 'ticket.read_departments' = any(r.permissions) and (
        t.department_id is null or t.assignee_id = u.id
        or exists (select from department_members m where m.organization_id = ${organizationId}
          and m.user_id = u.id and m.department_id = t.department_id)
        or exists (select from departments d where d.organization_id = ${organizationId}
          and d.id = t.department_id and d.manager_id = u.id)))
  order by 1)`;

/** The ids of those who follow a ticket called `t`, or one merged into it, or have it, whose role reads notes. */
export const readersOfNotes = (organizationId: SQLWrapper): SQL => sql`array(
  select u.id::text from users u
  join roles r on r.organization_id = ${organizationId} and r.id = u.role_id and 'ticket.note' = any(r.permissions)
  where u.organization_id = ${organizationId} and u.id = any(array(
    select f.user_id from ticket_followers f
    where f.organization_id = ${organizationId} and f.ticket_id = any(${mergedIdsOf(organizationId)})) || t.assignee_id))`;

/** All who follow a ticket, by name. */
export const listFollowers = query<{ ticketId: string }, { id: string; name: string }>(
  (p) => sql`
    select u.id, u.name from ticket_followers f
    join users u on u.organization_id = ${p.organizationId} and u.id = f.user_id
    where f.organization_id = ${p.organizationId} and f.ticket_id = ${p.ticketId} order by u.name, u.id`,
);

/** The followers of a locked ticket become exactly these: a JSON array of ids. */
export const writeFollowers = command<{ ticketId: string; userIds: string; at: Instant }, never>(
  (p) => sql`
    with wanted as (select i::uuid as id from jsonb_array_elements_text((${p.userIds}::text)::jsonb) i),
    gone as (
      delete from ticket_followers where organization_id = ${p.organizationId} and ticket_id = ${p.ticketId}
        and user_id not in (select id from wanted))
    insert into ticket_followers (organization_id, ticket_id, user_id, created_at)
    select ${p.organizationId}::uuid, ${p.ticketId}::uuid, id, ${p.at}::timestamptz from wanted
    on conflict do nothing`,
);
