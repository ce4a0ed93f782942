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
        'since', ${isoInJson("a.since")}) order by u.name, u.id)
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
}

/** Writes that the reader is at the ticket, and reads who else is. An activity that goes on keeps its beginning. */
export const writePresence = command<Report, PresenceRow>(
  (p) => sql`
    with own as (
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

export const deletePresence = command<Reading, PresenceRow>(
  (p) => sql`
    with own as (
      delete from ticket_presence
      where organization_id = ${p.organizationId} and ticket_id = ${p.ticketId}::uuid and user_id = ${p.readerId}::uuid)
    ${presence(p)}`,
);
