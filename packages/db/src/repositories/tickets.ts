import { type SQLWrapper, sql } from "drizzle-orm";
import type { Instant, SlaCycle, Ticket } from "@helpdesk/domain";
import { isoInJson } from "../sql.ts";
import { command, query } from "../statement.ts";
import { readersOfNotes, seeingFollowers } from "./followers.ts";
import { learnWords } from "./known-words.ts";
import { mergeOf } from "./merged-tickets.ts";
import { ccIdsOf } from "./ticket-cc.ts";
import { type Consequences, consequences, cyclesOf } from "./ticket-rows.ts";
import { textOf } from "./ticket-texts.ts";
import { type TicketSummaryRow, people, ticketSummary } from "./ticket-summary.ts";

/** Columns of a ticket as rules see it. */
const ticketColumns = sql.raw(`
  t.id, t.number, t.is_simulated as "isSimulated", t.title, t.status_id as "statusId", t.priority, t.source, t.customer_id as "customerId",
  t.assignee_id as "assigneeId", t.department_id as "departmentId", t.sla_policy_id as "slaPolicyId",
  t.first_response_due_at as "firstResponseDueAt", t.first_responded_at as "firstRespondedAt",
  t.first_unanswered_at as "firstUnansweredAt", t.next_response_due_at as "nextResponseDueAt",
  t.resolution_due_at as "resolutionDueAt", t.resolved_at as "resolvedAt", t.closed_at as "closedAt",
  t.last_customer_message_at as "lastCustomerMessageAt", t.last_public_reply_at as "lastPublicReplyAt",
  t.custom_fields as fields,
  t.last_event_sequence as "lastEventSequence", t.version, t.created_at as "createdAt", t.updated_at as "updatedAt"`);

export interface LockedTicket extends Ticket {
  number: number;
  assigneeName: string | null;
  cycles: SlaCycle[];
  /** The statuses the ticket has had, by key, from its creation on. */
  statusHistory: { at: Instant; key: string }[];
  lastEventAt: Instant;
}

/** What a decision looks at of tickets called `t`: the row, its clocks, its statuses, who has it, who follows it and who is in copy. */
export const lockedTicket = (organizationId: SQLWrapper) => sql`
  ${ticketColumns},
  (select u.name from users u where u.organization_id = ${organizationId} and u.id = t.assignee_id) as "assigneeName",
  array(select g.tag_id::text from ticket_tags g
    where g.organization_id = ${organizationId} and g.ticket_id = t.id order by g.tag_id) as "tagIds",
  ${seeingFollowers(organizationId)} as "followerIds",
  ${readersOfNotes(organizationId)} as "noteReaderIds",
  ${ccIdsOf(organizationId)} as "ccIds",
  ${mergeOf(organizationId)} as merge,
  ${cyclesOf(organizationId)} as cycles,
  (select jsonb_agg(jsonb_build_object('at', ${isoInJson("h.at")}, 'key', h.changes -> 'status' -> 'to' ->> 'id')
      order by h.sequence)
    from ticket_history h where h.organization_id = ${organizationId} and h.ticket_id = t.id
      and h.kind in ('ticket_opened', 'status_changed')) as "statusHistory",
  (select h.at from ticket_history h where h.organization_id = ${organizationId} and h.ticket_id = t.id
    and h.sequence = t.last_event_sequence) as "lastEventAt"`;

/**
 * Locks a ticket. A statement that waits for a row's lock reads all other rows as they were before it waited, so what
 * belongs to the ticket is read by the next one.
 */
export const holdTicket = command<{ ticketId: string }, { id: string }>(
  (p) => sql`
    select t.id from tickets t
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and not t.is_simulated and t.archived_at is null
    for update of t`,
);

/** The ticket, locked until the unit ends. Simulated tickets are not the desk's. */
export const lockTicket = command<{ ticketId: string }, LockedTicket>(
  (p) => sql`
    select ${lockedTicket(p.organizationId)} from tickets t
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and not t.is_simulated and t.archived_at is null
    for update of t`,
);

/** Locks several tickets in the order of their ids, as everybody does who locks several. */
export const holdAllTickets = command<{ ids: string }, { id: string }>(
  (p) => sql`
    select t.id from tickets t
    where t.organization_id = ${p.organizationId} and t.id = any((${p.ids}::text)::uuid[]) and not t.is_simulated
      and t.archived_at is null
    order by t.id
    for update of t`,
);

/** Locks a batch of tickets resolved up to an instant, not closed or merged, in some statuses, that nobody else is at. */
export const holdResolvedTickets = command<
  { resolvedBy: Instant; statusIds: string; limit: number },
  { id: string }
>(
  (p) => sql`
    select t.id from tickets t
    where t.organization_id = ${p.organizationId} and t.resolved_at is not null and t.closed_at is null
      and t.resolved_at <= ${p.resolvedBy}::timestamptz and t.status_id = any((${p.statusIds}::text)::uuid[])
      and t.merged_into_id is null and not t.is_simulated and t.archived_at is null
    order by t.resolved_at, t.id limit ${p.limit}::int
    for update of t skip locked`,
);

/** Several tickets that the unit holds, in the order of their ids. */
export const lockTickets = command<{ ids: string }, LockedTicket>(
  (p) => sql`
    select ${lockedTicket(p.organizationId)} from tickets t
    where t.organization_id = ${p.organizationId} and t.id = any((${p.ids}::text)::uuid[]) and not t.is_simulated
      and t.archived_at is null
    order by t.id
    for update of t`,
);

export const findDescription = query<{ ticketId: string }, { description: string }>(
  (p) => sql`
    select description from tickets where organization_id = ${p.organizationId} and id = ${p.ticketId}`,
);

/** The text of a locked ticket; the edit's decision is written beside it. */
export const writeDescription = command<{ ticketId: string; description: string }, never>(
  (p) => sql`
    update tickets set description = ${p.description}
    where organization_id = ${p.organizationId} and id = ${p.ticketId}`,
);

/** A ticket as its statement left it; its breaches are the decision's. */
export type WrittenTicketRow = Omit<TicketSummaryRow, "breached">;

export interface NewTicket extends Consequences {
  description: string;
  isSimulated: boolean;
  /** The columns of a ticket as rules see it, as one JSON object. */
  ticket: string;
}

const ticketFields = `
  title text, "statusId" uuid, priority text, source text, "customerId" uuid, "assigneeId" uuid, "departmentId" uuid,
  "slaPolicyId" uuid, "firstResponseDueAt" timestamptz, "firstRespondedAt" timestamptz,
  "firstUnansweredAt" timestamptz, "nextResponseDueAt" timestamptz, "resolutionDueAt" timestamptz,
  "resolvedAt" timestamptz, "closedAt" timestamptz, "lastCustomerMessageAt" timestamptz,
  "lastPublicReplyAt" timestamptz, "lastEventSequence" int, fields jsonb, "merge" jsonb, version int, "updatedAt" timestamptz`;

/** Takes the next number and writes the ticket with all that follows from it. No row where the organization has no counter. */
export const insertTicket = command<NewTicket, WrittenTicketRow>(
  (p) => sql`
    with counter as (
      update ticket_counters set last_number = last_number + 1
      where organization_id = ${p.organizationId} and is_simulated = ${p.isSimulated}::boolean returning last_number),
    ticket as (
      insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id,
        created_by_id, is_simulated, assignee_id, department_id, sla_policy_id, first_response_due_at, first_responded_at,
        first_unanswered_at, next_response_due_at, resolution_due_at, resolved_at, closed_at, last_customer_message_at, last_public_reply_at,
        last_event_sequence, custom_fields, version, created_at, updated_at)
      select ${p.organizationId}::uuid, ${p.ticketId}::uuid, counter.last_number, r.title, ${p.description}::text, r."statusId",
        r.priority, r.source, r."customerId", ${p.actorId}::uuid, ${p.isSimulated}::boolean, r."assigneeId", r."departmentId", r."slaPolicyId",
        r."firstResponseDueAt", r."firstRespondedAt", r."firstUnansweredAt", r."nextResponseDueAt", r."resolutionDueAt", r."resolvedAt", r."closedAt",
        r."lastCustomerMessageAt", r."lastPublicReplyAt", r."lastEventSequence", r.fields, r.version,
        ${p.at}::timestamptz, ${p.at}::timestamptz
      from counter, jsonb_to_record((${p.ticket}::text)::jsonb) as r(${sql.raw(ticketFields)})
      returning *),
    text as (
      insert into ticket_texts (organization_id, ticket_id, search)
      select ${p.organizationId}::uuid, ticket.id, ${textOf(sql`ticket.title`, sql`ticket.description`)} from ticket
      returning ticket_id as id, search),
    learned as (${learnWords(p.organizationId, sql`text`)}),
    ${consequences(p)}
    select ${ticketSummary} from ticket t ${people(p.organizationId)}`,
);

export interface ChangedTicket extends Consequences {
  ticket: string;
  readSequence: number;
}

/** Writes a decision on a locked ticket. No row where it is not as it was read. */
export const updateTicket = command<ChangedTicket, WrittenTicketRow>(
  (p) => sql`
    with ticket as (
      update tickets t set
        title = r.title, status_id = r."statusId", priority = r.priority, assignee_id = r."assigneeId", department_id = r."departmentId",
        sla_policy_id = r."slaPolicyId", first_response_due_at = r."firstResponseDueAt",
        first_responded_at = r."firstRespondedAt", first_unanswered_at = r."firstUnansweredAt",
        next_response_due_at = r."nextResponseDueAt", resolution_due_at = r."resolutionDueAt",
        resolved_at = r."resolvedAt", closed_at = r."closedAt", last_customer_message_at = r."lastCustomerMessageAt",
        last_public_reply_at = r."lastPublicReplyAt", last_event_sequence = r."lastEventSequence", custom_fields = r.fields,
        merged_into_id = (r."merge" -> 'into' ->> 'id')::uuid, before_merge = r."merge" - 'into',
        version = r.version, updated_at = r."updatedAt"
      from jsonb_to_record((${p.ticket}::text)::jsonb) as r(${sql.raw(ticketFields)})
      where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}
        and t.last_event_sequence = ${p.readSequence}
      returning t.*),
    ${consequences(p)}
    select ${ticketSummary} from ticket t ${people(p.organizationId)}`,
);
