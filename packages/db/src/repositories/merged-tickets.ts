import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { MovedComment } from "@helpdesk/domain";
import { command, query } from "../statement.ts";
import { ccIdsOf } from "./ticket-cc.ts";

/** `tree`: a ticket and all that was merged into it, directly or by way of another. */
export const mergedTree = (organizationId: SQLWrapper, ticketId: SQLWrapper): SQL => sql`
  tree as (
    select i.id, i.number, i.customer_id from tickets i
    where i.organization_id = ${organizationId} and i.id = ${ticketId}
    union all
    select m.id, m.number, m.customer_id from tree
    join tickets m on m.organization_id = ${organizationId} and m.merged_into_id = tree.id
      and m.merged_into_id is not null)`;

/** The ids of a ticket called `t` and of all that was merged into it: an array read once, so that an index finds them. */
export const mergedIdsOf = (organizationId: SQLWrapper): SQL => sql`array(
  with recursive tree as (
    select t.id
    union all
    select m.id from tree
    join tickets m on m.organization_id = ${organizationId} and m.merged_into_id = tree.id
      and m.merged_into_id is not null)
  select id from tree)`;

/** Where a ticket called `t` is merged into and what its undo gives back, as rules see it; null where it is not. */
export const mergeOf = (organizationId: SQLWrapper): SQL => sql`
  (select t.before_merge || jsonb_build_object('into', ${mergeTarget(organizationId)}) from tickets o
    where o.organization_id = ${organizationId} and o.id = t.merged_into_id)`;

/** A ticket called `o` by its number, with what tells who may see it. */
export const mergeTarget = (organizationId: SQLWrapper): SQL => sql`
  jsonb_build_object('id', o.id, 'number', o.number, 'customerId', o.customer_id, 'assigneeId', o.assignee_id,
    'departmentId', o.department_id, 'ccIds', ${ccIdsOf(organizationId, sql`o.id`)})`;

/** The ticket that one is merged into, before either is locked. */
export const findMergedInto = query<{ ticketId: string }, { intoId: string | null }>(
  (p) => sql`
    select merged_into_id as "intoId" from tickets
    where organization_id = ${p.organizationId} and id = ${p.ticketId}`,
);

/** Those of the comments that a locked ticket has, in the order they were written. */
export const listCommentsToMove = query<{ ticketId: string; ids: string }, MovedComment>(
  (p) => sql`
    select id, author_id as "authorId", visibility from ticket_comments
    where organization_id = ${p.organizationId} and ticket_id = ${p.ticketId}
      and id = any((${p.ids}::text)::uuid[])
    order by sequence`,
);

/** Puts comments with their files on another ticket, each at its place in the history there: a JSON array. */
export const moveComments = command<{ toTicketId: string; comments: string }, never>(
  (p) => sql`
    with moved as (
      select r.id, r.sequence from jsonb_to_recordset((${p.comments}::text)::jsonb) as r(id uuid, sequence int)),
    files as (
      update attachments a set ticket_id = ${p.toTicketId}::uuid
      where a.organization_id = ${p.organizationId} and a.comment_id in (select id from moved))
    update ticket_comments c set ticket_id = ${p.toTicketId}::uuid, sequence = moved.sequence
    from moved where c.organization_id = ${p.organizationId} and c.id = moved.id`,
);
