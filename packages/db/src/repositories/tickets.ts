import { sql } from "drizzle-orm";
import type { Instant, SlaCycle, Ticket } from "@helpdesk/domain";
import { isoInJson } from "../sql.ts";
import { command } from "../statement.ts";
import type { Unit } from "../unit.ts";
import { type Consequences, consequences, cyclesOf } from "./ticket-rows.ts";
import { type TicketSummaryRow, people, ticketSummary } from "./ticket-summary.ts";

/** Columns of a ticket as rules see it. */
const ticketColumns = sql.raw(`
  t.id, t.number, t.title, t.status_id as "statusId", t.priority, t.source, t.customer_id as "customerId",
  t.assignee_id as "assigneeId", t.department_id as "departmentId", t.sla_policy_id as "slaPolicyId",
  t.first_response_due_at as "firstResponseDueAt", t.first_responded_at as "firstRespondedAt",
  t.resolution_due_at as "resolutionDueAt", t.resolved_at as "resolvedAt", t.closed_at as "closedAt",
  t.last_customer_message_at as "lastCustomerMessageAt", t.last_public_reply_at as "lastPublicReplyAt",
  t.last_event_sequence as "lastEventSequence", t.version, t.created_at as "createdAt", t.updated_at as "updatedAt"`);

export interface LockedTicket extends Ticket {
  number: number;
  assigneeName: string | null;
  cycles: SlaCycle[];
  /** The statuses the ticket has had, by key, from its creation on. */
  statusHistory: { at: Instant; key: string }[];
  lastEventAt: Instant;
}

/**
 * The ticket, its clocks and its assignee's name, locked until the unit ends. Simulated tickets are not the desk's.
 * A statement that waited for the lock returns the ticket as it is now, but its clocks and history as they were
 * before the wait: then it is read once more, under the lock.
 */
export async function lockTicket(
  unit: Unit,
  params: { ticketId: string },
): Promise<LockedTicket | undefined> {
  const row = await lockAndRead.first(unit, params);
  const isStale = row !== undefined && row.lastEventAt === null;
  return (isStale ? await lockAndRead.first(unit, params) : row) as LockedTicket | undefined;
}

/** `lastEventAt` is null where the ticket is newer than the history that the statement sees. */
type ReadTicket = Omit<LockedTicket, "lastEventAt"> & { lastEventAt: Instant | null };

const lockAndRead = command<{ ticketId: string }, ReadTicket>(
  (p) => sql`
    select ${ticketColumns},
      (select u.name from users u where u.organization_id = ${p.organizationId} and u.id = t.assignee_id) as "assigneeName",
      ${cyclesOf(p.organizationId)} as cycles,
      (select jsonb_agg(jsonb_build_object('at', ${isoInJson("h.at")}, 'key', h.changes -> 'status' -> 'to' ->> 'id')
          order by h.sequence)
        from ticket_history h where h.organization_id = ${p.organizationId} and h.ticket_id = t.id
          and h.kind in ('ticket_opened', 'status_changed')) as "statusHistory",
      (select h.at from ticket_history h where h.organization_id = ${p.organizationId} and h.ticket_id = t.id
        and h.sequence = t.last_event_sequence) as "lastEventAt"
    from tickets t
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and not t.is_simulated
    for update of t`,
);

/** A ticket as its statement left it; its breaches are the decision's. */
export type WrittenTicketRow = Omit<TicketSummaryRow, "breached">;

export interface NewTicket extends Consequences {
  description: string;
  /** The columns of a ticket as rules see it, as one JSON object. */
  ticket: string;
}

const ticketFields = `
  title text, "statusId" uuid, priority text, source text, "customerId" uuid, "assigneeId" uuid, "departmentId" uuid,
  "slaPolicyId" uuid, "firstResponseDueAt" timestamptz, "firstRespondedAt" timestamptz, "resolutionDueAt" timestamptz,
  "resolvedAt" timestamptz, "closedAt" timestamptz, "lastCustomerMessageAt" timestamptz,
  "lastPublicReplyAt" timestamptz, "lastEventSequence" int, version int, "updatedAt" timestamptz`;

/** Takes the next number and writes the ticket with all that follows from it. No row where the organization has no counter. */
export const insertTicket = command<NewTicket, WrittenTicketRow>(
  (p) => sql`
    with counter as (
      update ticket_counters set last_number = last_number + 1
      where organization_id = ${p.organizationId} returning last_number),
    ticket as (
      insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id,
        created_by_id, assignee_id, department_id, sla_policy_id, first_response_due_at, first_responded_at,
        resolution_due_at, resolved_at, closed_at, last_customer_message_at, last_public_reply_at,
        last_event_sequence, version, created_at, updated_at)
      select ${p.organizationId}::uuid, ${p.ticketId}::uuid, counter.last_number, r.title, ${p.description}::text, r."statusId",
        r.priority, r.source, r."customerId", ${p.actorId}::uuid, r."assigneeId", r."departmentId", r."slaPolicyId",
        r."firstResponseDueAt", r."firstRespondedAt", r."resolutionDueAt", r."resolvedAt", r."closedAt",
        r."lastCustomerMessageAt", r."lastPublicReplyAt", r."lastEventSequence", r.version,
        ${p.at}::timestamptz, ${p.at}::timestamptz
      from counter, jsonb_to_record((${p.ticket}::text)::jsonb) as r(${sql.raw(ticketFields)})
      returning *),
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
        status_id = r."statusId", priority = r.priority, assignee_id = r."assigneeId", department_id = r."departmentId",
        sla_policy_id = r."slaPolicyId", first_response_due_at = r."firstResponseDueAt",
        first_responded_at = r."firstRespondedAt", resolution_due_at = r."resolutionDueAt",
        resolved_at = r."resolvedAt", closed_at = r."closedAt", last_customer_message_at = r."lastCustomerMessageAt",
        last_public_reply_at = r."lastPublicReplyAt", last_event_sequence = r."lastEventSequence",
        version = r.version, updated_at = r."updatedAt"
      from jsonb_to_record((${p.ticket}::text)::jsonb) as r(${sql.raw(ticketFields)})
      where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}
        and t.last_event_sequence = ${p.readSequence}
      returning t.*),
    ${consequences(p)}
    select ${ticketSummary} from ticket t ${people(p.organizationId)}`,
);
