import { sql } from "drizzle-orm";
import type { Instant, PresenceActivity } from "@helpdesk/domain";
import { isoInJson } from "../sql.ts";
import { type Params, command, query } from "../statement.ts";
import { ccIdsOf } from "./ticket-cc.ts";

export interface PresentRow {
  id: string;
  name: string;
  activity: PresenceActivity;
  since: Instant;
  /** When they are gone unless they say more. */
  expiresAt: Instant;
}

/** What tells whether somebody may see a ticket, and who else is at it. */
export interface PresenceRow {
  customerId: string;
  assigneeId: string | null;
  departmentId: string | null;
  ccIds: string[];
  others: PresentRow[];
}

interface Reading {
  ticketId: string;
  readerId: string;
  now: Instant;
}

/** The ticket, and those at it but the reader, by name. */
const presence = (p: Params<Reading>) => sql<PresenceRow>`
  select t.customer_id as "customerId", t.assignee_id as "assigneeId", t.department_id as "departmentId",
    ${ccIdsOf(p.organizationId)} as "ccIds",
    coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name, 'activity', a.activity,
        'since', ${isoInJson("a.since")}, 'expiresAt', ${isoInJson("a.expires_at")}) order by u.name, u.id)
      from ticket_presence a join users u on u.organization_id = ${p.organizationId} and u.id = a.user_id
      where a.organization_id = ${p.organizationId} and a.ticket_id = t.id
        and a.user_id <> ${p.readerId}::uuid and a.expires_at > ${p.now}::timestamptz), '[]') as others
  from tickets t
  where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}::uuid
    and not t.is_simulated and t.archived_at is null`;

export const findPresence = query<Reading, PresenceRow>(presence);

interface Report extends Reading {
  activity: PresenceActivity;
  expiresAt: Instant;
  /** Of what tells streams, where others see a change. */
  eventId: string;
}

/** Tells streams that somebody came, went or does something else, for each row of a CTE called `changed`. */
const tell = (p: Params<Reading & { eventId: string }>) => sql`
  insert into events (organization_id, id, ticket_id, kind, at)
  select ${p.organizationId}::uuid, ${p.eventId}::uuid, ${p.ticketId}::uuid, 'presence_changed', ${p.now}::timestamptz
  from changed`;

/** Writes that the reader is at the ticket, and reads who else is. An activity that goes on keeps its beginning. */
export const writePresence = command<Report, PresenceRow>(
  (p) => sql`
    with changed as (
      select from tickets t
      where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}::uuid and not t.is_simulated
        and not exists (select from ticket_presence a
          where a.organization_id = ${p.organizationId} and a.ticket_id = t.id and a.user_id = ${p.readerId}::uuid
            and a.activity = ${p.activity}::text and a.expires_at > ${p.now}::timestamptz)),
    outbox as (${tell(p)}),
    own as (
      insert into ticket_presence (organization_id, ticket_id, user_id, activity, since, expires_at)
      select ${p.organizationId}::uuid, t.id, ${p.readerId}::uuid, ${p.activity}::text, ${p.now}::timestamptz,
        ${p.expiresAt}::timestamptz
      from tickets t
      where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}::uuid
        and not t.is_simulated and t.archived_at is null
      on conflict (organization_id, ticket_id, user_id) do update set
        since = case when ticket_presence.activity = excluded.activity and ticket_presence.expires_at > excluded.since
          then ticket_presence.since else excluded.since end,
        activity = excluded.activity, expires_at = excluded.expires_at)
    ${presence(p)}`,
);

export const deletePresence = command<Reading & { eventId: string }, PresenceRow>(
  (p) => sql`
    with changed as (
      delete from ticket_presence
      where organization_id = ${p.organizationId} and ticket_id = ${p.ticketId}::uuid and user_id = ${p.readerId}::uuid
      returning 1),
    outbox as (${tell(p)})
    ${presence(p)}`,
);
