import { type SQL, type SQLWrapper, and, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { SlaMetric } from "@helpdesk/domain";
import { slaCycles, tickets, users } from "../schema/index.ts";
import { type Params, build, query } from "../statement.ts";

/** A ticket and its people, by the names that fragments of statements know them by. */
export const t = alias(tickets, "t");
const customer = alias(users, "customer");
const assignee = alias(users, "assignee");

const fields = {
  id: t.id,
  number: t.number,
  title: t.title,
  statusId: t.statusId,
  priority: t.priority,
  source: t.source,
  customerId: t.customerId,
  customerName: customer.name,
  assigneeId: t.assigneeId,
  assigneeName: assignee.name,
  departmentId: t.departmentId,
  slaPolicyId: t.slaPolicyId,
  firstResponseDueAt: t.firstResponseDueAt,
  firstRespondedAt: t.firstRespondedAt,
  nextResponseDueAt: t.nextResponseDueAt,
  resolutionDueAt: t.resolutionDueAt,
  resolvedAt: t.resolvedAt,
  closedAt: t.closedAt,
  mergedIntoId: t.mergedIntoId,
  version: t.version,
  createdAt: t.createdAt,
  updatedAt: t.updatedAt,
};

/** The metrics of a ticket called `t` with a recorded breach; one that nobody recorded yet shows in its due instant. */
const breached = (organizationId: SQLWrapper) =>
  sql<SlaMetric[]>`
  array(select distinct ${slaCycles.metric} from ${slaCycles} where ${slaCycles.organizationId} = ${organizationId}
    and ${slaCycles.ticketId} = ${t.id} and ${slaCycles.breachedAt} is not null)`.as("breached");

/** Tickets as lists show them: of all, or of some that a subquery called `t` has chosen. */
export const selectSummaries = ({ organizationId }: Pick<Params<unknown>, "organizationId">, from = t) =>
  build
    .select({ ...fields, breached: breached(organizationId) })
    .from(from)
    .innerJoin(customer, and(eq(customer.organizationId, organizationId), eq(customer.id, t.customerId)))
    .leftJoin(assignee, and(eq(assignee.organizationId, organizationId), eq(assignee.id, t.assigneeId)));

/** A ticket as lists show it. */
export type TicketSummaryRow = ReturnType<typeof selectSummaries>["_"]["result"][number];

/** The columns of `TicketSummaryRow` but for its breaches, where a statement is written by hand. */
export const ticketSummary: SQL = sql.join(
  Object.entries(fields).map(([name, column]) => sql`${column} as ${sql.identifier(name)}`),
  sql`, `,
);

export const breachedMetrics = (organizationId: SQLWrapper): SQL =>
  sql`${breached(organizationId).sql} as breached`;

/** Joins a ticket called `t` with its customer and assignee, where a statement is written by hand. */
export const people = (organizationId: SQLWrapper): SQL => sql`
  join users customer on customer.organization_id = ${organizationId} and customer.id = t.customer_id
  left join users assignee on assignee.organization_id = ${organizationId} and assignee.id = t.assignee_id`;

/** One ticket as lists show it. */
export const findTicketSummary = query((p: Params<{ ticketId: string }>) =>
  selectSummaries(p).where(and(eq(t.organizationId, p.organizationId), eq(t.id, p.ticketId))),
);
