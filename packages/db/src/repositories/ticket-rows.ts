import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { isoInJson, recordset } from "../sql.ts";
import { learnWords } from "./known-words.ts";
import { addCellChanges } from "./ticket-cells.ts";

/** What is written beside a ticket with every decision: each a JSON array of rows. */
export interface Consequences {
  actorId: string | null;
  at: string;
  ticketId: string;
  comment: string;
  history: string;
  notifications: string;
  cycles: string;
  cellChanges: string;
}

type Slots = { [K in keyof Consequences]: SQLWrapper } & { organizationId: SQLWrapper };

/**
 * The inserts that follow a CTE named `ticket`, as further CTEs of the same statement:
 * one round trip writes the change, its history, its events and who is told.
 */
export const consequences = (p: Slots): SQL => sql`
  comment as (
    insert into ticket_comments
      (organization_id, id, ticket_id, author_id, sequence, visibility, body, source, created_at, version)
    select ${p.organizationId}::uuid, r.id, ticket.id, ${p.actorId}::uuid, r.sequence, r.visibility, r.body, r.source, ${p.at}::timestamptz, 1
    from ticket, ${recordset(p.comment, "id uuid, sequence int, visibility text, body text, source text")}
    returning id, search),
  learned_of_comment as (${learnWords(p.organizationId, sql`comment`)}),
  history as (
    insert into ticket_history (organization_id, id, ticket_id, sequence, kind, actor_id, actor_kind, api_key_id, changes, at, rules_version)
    select ${p.organizationId}::uuid, r.id, ticket.id, r.sequence, r.kind, r."actorId", r."actorKind", r."apiKeyId", r.changes, ${p.at}::timestamptz, r."rulesVersion"
    from ticket, ${recordset(p.history, 'id uuid, sequence int, kind text, "actorId" uuid, "actorKind" text, "apiKeyId" uuid, changes jsonb, "rulesVersion" int')}),
  outbox as (
    insert into events (organization_id, id, ticket_id, sequence, kind, actor_id, api_key_id, data, at)
    select ${p.organizationId}::uuid, r."eventId", ticket.id, r.sequence, r.kind, r."actorId", r."apiKeyId", r.data, ${p.at}::timestamptz
    from ticket, ${recordset(p.history, '"eventId" uuid, sequence int, kind text, "actorId" uuid, "apiKeyId" uuid, data jsonb')}
    where not ticket.is_simulated),
  told as (
    insert into notifications (organization_id, id, user_id, kind, ticket_id, actor_id, data, created_at)
    select ${p.organizationId}::uuid, r.id, r."userId", r.kind, ticket.id, r."actorId",
      jsonb_strip_nulls(jsonb_build_object('number', ticket.number, 'title', ticket.title, 'commentId', r."commentId")),
      ${p.at}::timestamptz
    from ticket, ${recordset(p.notifications, 'id uuid, "userId" uuid, kind text, "actorId" uuid, "commentId" uuid')}),
  counted as (${addCellChanges(p.organizationId, p.cellChanges)}),
  clocks as (
    insert into sla_cycles (organization_id, id, ticket_id, metric, ordinal, state, policy_id, policy_version, reason,
      stands_waiting, stands_done, calendar_id, calendar_version, target_seconds, elapsed_seconds, running_since, started_at, due_at,
      breached_at, warn_before_seconds, warning_at, warned_at, escalate_after_seconds, escalation_at,
      escalated_after_seconds, satisfied_at, closed_at, version)
    select ${p.organizationId}::uuid, r.id, ticket.id, r.metric, r.ordinal, r.state, r."policyId", r."policyVersion", r.reason,
      r."standsWaiting", r."standsDone", r."calendarId", r."calendarVersion", r."targetSeconds", r."elapsedSeconds", r."runningSince", r."startedAt", r."dueAt",
      r."breachedAt", r."warnBeforeSeconds", r."warningAt", r."warnedAt", r."escalateAfterSeconds", r."escalationAt",
      r."escalatedAfterSeconds", r."satisfiedAt", r."closedAt", 1
    from ticket, ${recordset(
      p.cycles,
      `id uuid, metric text, ordinal int, state text, "policyId" uuid, "policyVersion" int, reason jsonb,
       "standsWaiting" boolean, "standsDone" boolean, "calendarId" uuid,
       "calendarVersion" int, "targetSeconds" int, "elapsedSeconds" int, "runningSince" timestamptz,
       "startedAt" timestamptz, "dueAt" timestamptz, "breachedAt" timestamptz, "warnBeforeSeconds" int,
       "warningAt" timestamptz, "warnedAt" timestamptz, "escalateAfterSeconds" int, "escalationAt" timestamptz,
       "escalatedAfterSeconds" int, "satisfiedAt" timestamptz,
       "closedAt" timestamptz`,
    )}
    on conflict (organization_id, ticket_id, metric, ordinal) do update set
      state = excluded.state, elapsed_seconds = excluded.elapsed_seconds, running_since = excluded.running_since,
      due_at = excluded.due_at, breached_at = excluded.breached_at, policy_version = excluded.policy_version, calendar_version = excluded.calendar_version,
      warn_before_seconds = excluded.warn_before_seconds, warning_at = excluded.warning_at,
      warned_at = excluded.warned_at, escalate_after_seconds = excluded.escalate_after_seconds,
      escalation_at = excluded.escalation_at, escalated_after_seconds = excluded.escalated_after_seconds, satisfied_at = excluded.satisfied_at,
      closed_at = excluded.closed_at, version = sla_cycles.version + 1)`;

/** The SLA cycles of a ticket called `t`, as one JSON array. */
export const cyclesOf = (organizationId: SQLWrapper): SQL => sql`
  coalesce((select jsonb_agg(jsonb_build_object(
          'metric', c.metric, 'ordinal', c.ordinal, 'state', c.state,
          'policyId', c.policy_id, 'policyVersion', c.policy_version, 'reason', c.reason,
          'standsWaiting', c.stands_waiting, 'standsDone', c.stands_done,
          'calendarId', c.calendar_id, 'calendarVersion', c.calendar_version,
          'targetSeconds', c.target_seconds, 'elapsedSeconds', c.elapsed_seconds,
          'runningSince', ${isoInJson("c.running_since")}, 'startedAt', ${isoInJson("c.started_at")},
          'dueAt', ${isoInJson("c.due_at")}, 'breachedAt', ${isoInJson("c.breached_at")},
          'warnBeforeSeconds', c.warn_before_seconds, 'warningAt', ${isoInJson("c.warning_at")},
          'warnedAt', ${isoInJson("c.warned_at")}, 'escalateAfterSeconds', c.escalate_after_seconds,
          'escalationAt', ${isoInJson("c.escalation_at")}, 'escalatedAfterSeconds', c.escalated_after_seconds,
          'satisfiedAt', ${isoInJson("c.satisfied_at")}, 'closedAt', ${isoInJson("c.closed_at")}) order by c.metric, c.ordinal)
        from sla_cycles c where c.organization_id = ${organizationId} and c.ticket_id = t.id), '[]')`;
