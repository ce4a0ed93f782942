import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

/** The ids of those in copy of a ticket called `t`, in no order. */
export const ccIdsOf = (organizationId: SQLWrapper, ticketId: SQLWrapper = sql`t.id`): SQL => sql`array(
  select cc.user_id::text from ticket_cc cc
  where cc.organization_id = ${organizationId} and cc.ticket_id = ${ticketId})`;

/** The ids of the tickets that a person is in copy of: an array read once, so that an index finds them. */
export const inCopyOf = (organizationId: SQLWrapper, userId: SQLWrapper): SQL => sql`array(
  select cc.ticket_id from ticket_cc cc
  where cc.organization_id = ${organizationId} and cc.user_id = ${userId}::uuid)`;

/** Those in copy of a ticket, by name. */
export const listCc = query<{ ticketId: string }, { id: string; name: string }>(
  (p) => sql`
    select u.id, u.name from ticket_cc cc
    join users u on u.organization_id = ${p.organizationId} and u.id = cc.user_id
    where cc.organization_id = ${p.organizationId} and cc.ticket_id = ${p.ticketId} order by u.name, u.id`,
);

/** Exactly these are in copy of a locked ticket: a JSON array of ids. */
export const writeCc = command<{ ticketId: string; userIds: string; at: Instant }, never>(
  (p) => sql`
    with wanted as (select i::uuid as id from jsonb_array_elements_text((${p.userIds}::text)::jsonb) i),
    gone as (
      delete from ticket_cc where organization_id = ${p.organizationId} and ticket_id = ${p.ticketId}
        and user_id not in (select id from wanted))
    insert into ticket_cc (organization_id, ticket_id, user_id, created_at)
    select ${p.organizationId}::uuid, ${p.ticketId}::uuid, id, ${p.at}::timestamptz from wanted
    on conflict do nothing`,
);
