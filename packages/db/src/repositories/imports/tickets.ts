import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { recordset } from "../../sql.ts";
import { command, query } from "../../statement.ts";
import { learnWords } from "../known-words.ts";
import { textOf } from "../ticket-texts.ts";

/** The last number given out, locked: nobody opens a ticket until the unit ends. */
export const lockTicketCounter = command<Record<never, never>, { lastNumber: number }>(
  (p) => sql`
    select last_number as "lastNumber" from ticket_counters
    where organization_id = ${p.organizationId} and not is_simulated for update`,
);

export const setTicketCounter = command<{ lastNumber: number }, never>(
  (p) => sql`
    update ticket_counters set last_number = ${p.lastNumber}::int
    where organization_id = ${p.organizationId} and not is_simulated`,
);

/** Those of some numbers, a JSON array, that a ticket has. */
export const findTakenNumbers = query<{ numbers: string }, { number: number }>(
  (p) => sql`
    select number from tickets where organization_id = ${p.organizationId} and not is_simulated
      and number = any(array(select jsonb_array_elements_text((${p.numbers}::text)::jsonb)::int))`,
);

const ticketFields = `id uuid, number int, title text, description text, "statusId" uuid, priority text, source text,
  "customerId" uuid, "createdById" uuid, "assigneeId" uuid, "departmentId" uuid, "slaPolicyId" uuid,
  "firstResponseDueAt" timestamptz, "firstRespondedAt" timestamptz, "firstUnansweredAt" timestamptz,
  "nextResponseDueAt" timestamptz, "resolutionDueAt" timestamptz, "resolvedAt" timestamptz, "closedAt" timestamptz,
  "lastCustomerMessageAt" timestamptz, "lastPublicReplyAt" timestamptz, "lastEventSequence" int, fields jsonb,
  version int, "createdAt" timestamptz, "updatedAt" timestamptz`;

/** Writes tickets, a JSON array of rows, with what they are found by. Nothing is told of them: no event, no notification. */
export const insertTickets = command<{ tickets: string }, never>(
  (p) => sql`
    with ticket as (
      insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id,
        created_by_id, assignee_id, department_id, sla_policy_id, first_response_due_at, first_responded_at,
        first_unanswered_at, next_response_due_at, resolution_due_at, resolved_at, closed_at, last_customer_message_at,
        last_public_reply_at, last_event_sequence, custom_fields, version, created_at, updated_at)
      select ${p.organizationId}::uuid, r.id, r.number, r.title, r.description, r."statusId", r.priority, r.source,
        r."customerId", r."createdById", r."assigneeId", r."departmentId", r."slaPolicyId", r."firstResponseDueAt",
        r."firstRespondedAt", r."firstUnansweredAt", r."nextResponseDueAt", r."resolutionDueAt", r."resolvedAt",
        r."closedAt", r."lastCustomerMessageAt", r."lastPublicReplyAt", r."lastEventSequence", r.fields, r.version,
        r."createdAt", r."updatedAt"
      from ${recordset(p.tickets, ticketFields)}
      returning id, title, description),
    text as (
      insert into ticket_texts (organization_id, ticket_id, search)
      select ${p.organizationId}::uuid, ticket.id, ${textOf(sql`ticket.title`, sql`ticket.description`)} from ticket
      returning ticket_id as id, search)
    ${learnWords(p.organizationId, sql`text`)}`,
);

export const insertTicketComments = command<{ comments: string }, never>(
  (p) => sql`
    with comment as (
      insert into ticket_comments
        (organization_id, id, ticket_id, author_id, sequence, visibility, body, source, created_at, version)
      select ${p.organizationId}::uuid, r.id, r."ticketId", r."authorId", r.sequence, r.visibility, r.body, r.source,
        r."createdAt", 1
      from ${recordset(
        p.comments,
        'id uuid, "ticketId" uuid, "authorId" uuid, sequence int, visibility text, body text, source text, "createdAt" timestamptz',
      )}
      returning id, search)
    ${learnWords(p.organizationId, sql`comment`)}`,
);

export const insertTicketHistory = command<{ events: string }, never>(
  (p) => sql`
    insert into ticket_history
      (organization_id, id, ticket_id, sequence, kind, actor_id, actor_kind, changes, at, rules_version)
    select ${p.organizationId}::uuid, r.id, r."ticketId", r.sequence, r.kind, r."actorId", r."actorKind", r.changes, r.at,
      r."rulesVersion"
    from ${recordset(
      p.events,
      'id uuid, "ticketId" uuid, sequence int, kind text, "actorId" uuid, "actorKind" text, changes jsonb, at timestamptz, "rulesVersion" int',
    )}`,
);

/** Pairs, a JSON array of `ticketId` and `otherId`. */
const pairs = (p: { pairs: SQLWrapper }): SQL =>
  recordset(p.pairs, '"ticketId" uuid, "otherId" uuid, at timestamptz');

export const insertTagsOfTickets = command<{ pairs: string }, never>(
  (p) => sql`
    insert into ticket_tags (organization_id, ticket_id, tag_id)
    select ${p.organizationId}::uuid, r."ticketId", r."otherId" from ${pairs(p)}`,
);

export const insertCcOfTickets = command<{ pairs: string }, never>(
  (p) => sql`
    insert into ticket_cc (organization_id, ticket_id, user_id, created_at)
    select ${p.organizationId}::uuid, r."ticketId", r."otherId", r.at from ${pairs(p)}`,
);

export const insertClocks = command<{ cycles: string }, never>(
  (p) => sql`
    insert into sla_cycles (organization_id, id, ticket_id, metric, ordinal, state, policy_id, policy_version, reason,
      stands_waiting, stands_done, calendar_id, calendar_version, target_seconds, elapsed_seconds, running_since,
      started_at, due_at, breached_at, warn_before_seconds, warning_at, warned_at, escalate_after_seconds,
      escalation_at, escalated_after_seconds, satisfied_at, closed_at, version)
    select ${p.organizationId}::uuid, r.id, r."ticketId", r.metric, r.ordinal, r.state, r."policyId",
      r."policyVersion", r.reason, r."standsWaiting", r."standsDone", r."calendarId", r."calendarVersion",
      r."targetSeconds", r."elapsedSeconds", r."runningSince", r."startedAt", r."dueAt", r."breachedAt",
      r."warnBeforeSeconds", r."warningAt", r."warnedAt", r."escalateAfterSeconds", r."escalationAt",
      r."escalatedAfterSeconds", r."satisfiedAt", r."closedAt", 1
    from ${recordset(
      p.cycles,
      `id uuid, "ticketId" uuid, metric text, ordinal int, state text, "policyId" uuid, "policyVersion" int,
       reason jsonb, "standsWaiting" boolean, "standsDone" boolean, "calendarId" uuid, "calendarVersion" int,
       "targetSeconds" int, "elapsedSeconds" int, "runningSince" timestamptz, "startedAt" timestamptz,
       "dueAt" timestamptz, "breachedAt" timestamptz, "warnBeforeSeconds" int, "warningAt" timestamptz,
       "warnedAt" timestamptz, "escalateAfterSeconds" int, "escalationAt" timestamptz,
       "escalatedAfterSeconds" int, "satisfiedAt" timestamptz, "closedAt" timestamptz`,
    )}`,
);
