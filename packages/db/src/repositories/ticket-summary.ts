import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Instant, Priority, SlaMetric, Source } from "@helpdesk/domain";
import { query } from "../statement.ts";

export interface TicketSummaryRow {
  id: string;
  number: number;
  title: string;
  statusId: string;
  priority: Priority;
  source: Source;
  customerId: string;
  customerName: string;
  assigneeId: string | null;
  assigneeName: string | null;
  departmentId: string | null;
  slaPolicyId: string | null;
  firstResponseDueAt: Instant | null;
  firstRespondedAt: Instant | null;
  nextResponseDueAt: Instant | null;
  resolutionDueAt: Instant | null;
  resolvedAt: Instant | null;
  closedAt: Instant | null;
  /** The metrics that have a recorded breach; one that nobody recorded yet shows in its due instant. */
  breached: SlaMetric[];
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

/** The columns of `TicketSummaryRow`, of a ticket called `t` joined with its people. */
export const ticketSummary = sql.raw(`
  t.id, t.number, t.title, t.status_id as "statusId", t.priority, t.source,
  t.customer_id as "customerId", customer.name as "customerName",
  t.assignee_id as "assigneeId", assignee.name as "assigneeName", t.department_id as "departmentId",
  t.sla_policy_id as "slaPolicyId", t.first_response_due_at as "firstResponseDueAt",
  t.first_responded_at as "firstRespondedAt", t.next_response_due_at as "nextResponseDueAt", t.resolution_due_at as "resolutionDueAt",
  t.resolved_at as "resolvedAt", t.closed_at as "closedAt", t.version,
  t.created_at as "createdAt", t.updated_at as "updatedAt"`);

/** Joins a ticket called `t` with its customer and assignee. */
export const people = (organizationId: SQLWrapper): SQL => sql`
  join users customer on customer.organization_id = ${organizationId} and customer.id = t.customer_id
  left join users assignee on assignee.organization_id = ${organizationId} and assignee.id = t.assignee_id`;

/** The metrics of a ticket called `t` with a recorded breach. */
export const breachedMetrics = (organizationId: SQLWrapper): SQL => sql`
  array(select distinct c.metric from sla_cycles c
    where c.organization_id = ${organizationId} and c.ticket_id = t.id and c.breached_at is not null) as breached`;

/** One ticket as lists show it. */
export const findTicketSummary = query<{ ticketId: string }, TicketSummaryRow>(
  (p) => sql`
    select ${ticketSummary}, ${breachedMetrics(p.organizationId)}
    from tickets t ${people(p.organizationId)}
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}`,
);
