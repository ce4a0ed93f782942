import { type SQLWrapper, sql } from "drizzle-orm";
import {
  type DueCache,
  type Instant,
  type PastTicket,
  type Recount,
  type SlaCycle,
  quietKinds,
} from "@helpdesk/domain";
import { isoInJson } from "../sql.ts";
import { query } from "../statement.ts";
import { ccIdsOf } from "./ticket-cc.ts";
import { cyclesOf } from "./ticket-rows.ts";

/** A ticket's history as far as its clocks look at it, with the clocks and due instants that are stored. */
export interface PastTicketRow extends PastTicket, DueCache {
  assigneeId: string | null;
  departmentId: string | null;
  ccIds: string[];
  cycles: SlaCycle[];
  recounts: Recount[];
}

/** All other events bring the clocks to their instant. */
const quiet = sql.raw(quietKinds.map((kind) => `'${kind}'`).join(", "));

const pastTicket = (organizationId: SQLWrapper) => sql`
  t.id, t.customer_id as "customerId", t.assignee_id as "assigneeId", t.department_id as "departmentId", t.source,
  ${ccIdsOf(organizationId)} as "ccIds",
  t.first_response_due_at as "firstResponseDueAt", t.next_response_due_at as "nextResponseDueAt",
  t.resolution_due_at as "resolutionDueAt", ${cyclesOf(organizationId)} as cycles,
  coalesce((select jsonb_agg(jsonb_build_object('sequence', h.sequence, 'kind', h.kind, 'at', ${isoInJson("h.at")},
      'actorId', h.actor_id, 'actorKind', h.actor_kind, 'changes', h.changes,
      'rulesVersion', h.rules_version) order by h.sequence)
    from ticket_history h where h.organization_id = ${organizationId} and h.ticket_id = t.id
      and h.kind not in (${quiet})), '[]') as events,
  coalesce((select jsonb_agg(jsonb_build_object('at', ${isoInJson("r.at")}, 'afterSequence', r.after_sequence,
      'rulesVersion', r.rules_version))
    from sla_recounts r where r.organization_id = ${organizationId} and r.ticket_id = t.id), '[]') as recounts`;

/** One ticket's past. */
export const findPastTicket = query<{ ticketId: string }, PastTicketRow>(
  (p) => sql`
    select ${pastTicket(p.organizationId)} from tickets t
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and not t.is_simulated
      and t.archived_at is null`,
);

/** Tickets in the order of their ids, after one. */
export const listPastTickets = query<{ afterId: string; limit: number }, PastTicketRow>(
  (p) => sql`
    select ${pastTicket(p.organizationId)} from tickets t
    where t.organization_id = ${p.organizationId} and t.id > ${p.afterId}::uuid and not t.is_simulated
    order by t.id limit ${p.limit}::int`,
);

/** Tickets that were not closed at some time of a period, the latest opened first: a first response is due until then. */
export const listTicketsOpenIn = query<{ from: Instant; to: Instant; limit: number }, PastTicketRow>(
  (p) => sql`
    select ${pastTicket(p.organizationId)} from tickets t
    where t.organization_id = ${p.organizationId} and t.created_at < ${p.to}::timestamptz
      and (t.closed_at is null or t.closed_at >= ${p.from}::timestamptz) and not t.is_simulated
    order by t.created_at desc, t.id desc limit ${p.limit}::int`,
);

/** The ids of tickets whose clocks may still run, in their order, after one. */
export const listUnclosedTicketIds = query<{ afterId: string; limit: number }, { id: string }>(
  (p) => sql`
    select t.id from tickets t
    where t.organization_id = ${p.organizationId} and t.id > ${p.afterId}::uuid and t.closed_at is null
      and not t.is_simulated
    order by t.id limit ${p.limit}::int`,
);
