import type { Instant, RulesChange } from "@helpdesk/domain";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { recordset } from "../sql.ts";
import { command, query } from "../statement.ts";

interface Logging {
  organizationId: SQLWrapper;
  at: SQLWrapper;
  /** Of policies, calendars and departments; null for all there are. */
  ids: SQLWrapper;
}

const listed = (rows: SQL) => sql`coalesce((select jsonb_agg(to_jsonb(rows)) from (${rows}) rows), '[]')`;

/** Puts what policies, calendars and departments' calendars are now into the log of rules. */
export const loggingOf = ({ organizationId, at, ids }: Logging): SQL => {
  const among = sql`organization_id = ${organizationId}::uuid and (${ids}::text is null or id = any((${ids}::text)::uuid[]))`;
  return sql`
    insert into sla_rules (organization_id, version, at, rules)
    select ${organizationId}::uuid,
      coalesce((select max(version) from sla_rules where organization_id = ${organizationId}::uuid), 0) + 1,
      ${at}::timestamptz, jsonb_build_object(
      'policies', ${listed(sql`
        select id, version, position, conditions, calendar_id as "calendarId",
          first_response_target_seconds as "firstResponseTargetSeconds",
          next_response_target_seconds as "nextResponseTargetSeconds",
          resolution_target_seconds as "resolutionTargetSeconds",
          pauses_first_response as "pausesFirstResponse", pauses_resolution as "pausesResolution",
          reopen_mode as "reopenMode", warnings, escalations, is_active as "isActive"
        from sla_policies where ${among}`)},
      'calendars', ${listed(sql`
        select id, version, time_zone as "timeZone", hours,
          coalesce((select jsonb_agg(case when h.hours is null then to_jsonb(h.date)
              else jsonb_build_object('date', h.date, 'hours', h.hours -> 'intervals') end order by h.date)
            from calendar_holidays h
            where h.organization_id = ${organizationId}::uuid and h.calendar_id = business_calendars.id), '[]') as holidays
        from business_calendars where ${among}`)},
      'departments', ${listed(sql`
        select id, case when archived_at is null then calendar_id end as "calendarId" from departments where ${among}`)})`;
};

/** The rules' log is written by one at a time, so that its order is that of the edits. */
export const holdRules = command<Record<never, never>, never>(
  (p) => sql`select 1 from organizations where id = ${p.organizationId} for no key update`,
);

export const logRules = command<{ ids: string | null; at: Instant }, never>(
  (p) => sql`${loggingOf({ organizationId: p.organizationId, ids: p.ids, at: p.at })}`,
);

/** The whole log, the oldest entry first. */
export const listRulesChanges = query<Record<never, never>, RulesChange>(
  (p) => sql`
    select version, rules -> 'policies' as policies, rules -> 'calendars' as calendars,
      rules -> 'departments' as departments
    from sla_rules where organization_id = ${p.organizationId} order by version`,
);

/** Calendars as they were in the versions asked for: a JSON array of `id` and `version`. */
export const listCalendarVersions = query<{ wanted: string }, { calendar: RulesChange["calendars"][number] }>(
  (p) => sql`
    select (select c from sla_rules l, jsonb_array_elements(l.rules -> 'calendars') c
      where l.organization_id = ${p.organizationId} and c ->> 'id' = r.id::text and (c ->> 'version')::int = r.version
      order by l.version limit 1) as calendar
    from ${recordset(p.wanted, "id uuid, version int")}`,
);

/** Remembers that a ticket's running clocks were brought to other rules. */
export const insertRecount = command<
  { id: string; ticketId: string; afterSequence: number; rulesVersion: number; at: Instant },
  never
>(
  (p) => sql`
    insert into sla_recounts (organization_id, id, ticket_id, after_sequence, rules_version, at)
    values (${p.organizationId}, ${p.id}, ${p.ticketId}, ${p.afterSequence}::int, ${p.rulesVersion}::int, ${p.at})`,
);
