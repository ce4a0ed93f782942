import { sql } from "drizzle-orm";
import type { Instant, Status } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export type StatusRow = Status & { isArchived: boolean };

/** The statuses of one organization, archived ones too, each with the ids of those that may follow. */
export const listStatuses = query<Record<never, never>, StatusRow>(
  (p) => sql`
    select s.id, s.key, s.name, s.category, s.color, s.position, s.is_default as "isDefault",
      s.is_resolved as "isResolved", s.archived_at is not null as "isArchived",
      array(select t.to_status_id::text from ticket_status_transitions t
        where t.organization_id = ${p.organizationId} and t.from_status_id = s.id order by t.to_status_id) as "nextIds"
    from ticket_statuses s where s.organization_id = ${p.organizationId} order by s.position, s.key`,
);

/** Which of these statuses some ticket has. */
export const findUsedStatuses = query<{ ids: string }, { id: string }>(
  (p) => sql`
    select s.id from ticket_statuses s
    where s.organization_id = ${p.organizationId} and s.id = any((${p.ids}::text)::uuid[])
      and exists (select from tickets t where t.organization_id = ${p.organizationId} and t.status_id = s.id)`,
);

/** No status is the default until the next is written: there is never a second one. */
export const clearDefaultStatus = command<Record<never, never>, never>(
  (p) => sql`
    update ticket_statuses set is_default = false where organization_id = ${p.organizationId} and is_default`,
);

/** Writes statuses by key, in the order of a JSON array; an archived one comes back. */
export const writeStatuses = command<{ statuses: string; at: Instant }, never>(
  (p) => sql`
    insert into ticket_statuses (organization_id, id, key, name, category, color, position, is_default, is_resolved,
      version, created_at, updated_at)
    select ${p.organizationId}::uuid, r.id, r.key, r.name, r.category, r.color, r.position, r."isDefault",
      r.category in ('resolved', 'closed'), 1, ${p.at}::timestamptz, ${p.at}::timestamptz
    from jsonb_to_recordset((${p.statuses}::text)::jsonb) as r(
      id uuid, key text, name text, category text, color text, position int, "isDefault" boolean)
    on conflict (organization_id, key) do update set
      name = excluded.name, color = excluded.color, position = excluded.position, is_default = excluded.is_default,
      archived_at = null, version = ticket_statuses.version + 1, updated_at = excluded.updated_at`,
);

/** Archives what is not among these. What may follow it stays, for a ticket that was moved to it at that moment. */
export const archiveStatusesBut = command<{ ids: string; at: Instant }, never>(
  (p) => sql`
    update ticket_statuses set archived_at = ${p.at}::timestamptz, version = version + 1, updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and archived_at is null and id <> all((${p.ids}::text)::uuid[])`,
);

/** The ways out of these statuses are the given ones: a JSON array of `from` and `to`. */
export const replaceTransitions = command<{ ids: string; transitions: string }, never>(
  (p) => sql`
    with wanted as (
      select r."from", r."to" from jsonb_to_recordset((${p.transitions}::text)::jsonb) as r("from" uuid, "to" uuid)),
    gone as (
      delete from ticket_status_transitions t
      where t.organization_id = ${p.organizationId} and t.from_status_id = any((${p.ids}::text)::uuid[])
        and not exists (select from wanted w where w."from" = t.from_status_id and w."to" = t.to_status_id))
    insert into ticket_status_transitions (organization_id, from_status_id, to_status_id)
    select ${p.organizationId}::uuid, w."from", w."to" from wanted w
    on conflict do nothing`,
);
