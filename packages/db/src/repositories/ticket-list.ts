import { type SQL, sql } from "drizzle-orm";
import type { TicketScope } from "@helpdesk/domain";
import { type Params, query, shaped } from "../statement.ts";
import { type TicketSummaryRow, breachedMetrics, people, ticketSummary } from "./ticket-summary.ts";

/** The orders of a list: a column that is never null within it. */
export const listOrders = {
  created_at: { column: "t.created_at", condition: null },
  updated_at: { column: "t.updated_at", condition: null },
  resolution_due_at: { column: "t.resolution_due_at", condition: "t.resolution_due_at is not null" },
} as const;

export type ListOrder = keyof typeof listOrders;

/** What makes two lists different statements. */
export interface ListShape {
  scope: Exclude<TicketScope, "none">;
  order: ListOrder;
  descending: boolean;
  after: boolean;
  limit: number;
  filters: ListFilter[];
}

export interface ListValues {
  readerId: string;
  departmentIds: string;
  afterValue: string | null;
  afterId: string | null;
  statusIds: string | null;
  priorities: string | null;
  assigneeId: string | null;
  departmentId: string | null;
  customerId: string | null;
  /** A JSON array. */
  tagNames: string | null;
}

type P = Params<ListValues>;

const filters = {
  open: () => sql`t.resolved_at is null`,
  done: () => sql`t.resolved_at is not null`,
  statuses: (p: P) => sql`t.status_id = any((${p.statusIds}::text)::uuid[])`,
  priorities: (p: P) => sql`t.priority = any((${p.priorities}::text)::text[])`,
  assignee: (p: P) => sql`t.assignee_id = ${p.assigneeId}::uuid`,
  unassigned: () => sql`t.assignee_id is null`,
  department: (p: P) => sql`t.department_id = ${p.departmentId}::uuid`,
  unrouted: () => sql`t.department_id is null`,
  tags: (p: P) => sql`exists (
    select from ticket_tags l join tags g on g.organization_id = ${p.organizationId} and g.id = l.tag_id
    where l.organization_id = ${p.organizationId} and l.ticket_id = t.id
      and g.name in (select n from jsonb_array_elements_text((${p.tagNames}::text)::jsonb) n))`,
  customer: (p: P) => sql`t.customer_id = ${p.customerId}::uuid`,
};

export type ListFilter = keyof typeof filters;

const scopes: Record<ListShape["scope"], (p: P) => SQL | null> = {
  organization: () => null,
  departments: (
    p,
  ) => sql`(t.department_id is null or t.department_id = any((${p.departmentIds}::text)::uuid[])
    or t.assignee_id = ${p.readerId}::uuid or t.customer_id = ${p.readerId}::uuid)`,
  own: (p) => sql`t.customer_id = ${p.readerId}::uuid`,
};

const compiled = shaped((key: string) => {
  const shape = JSON.parse(key) as ListShape;
  const { column, condition } = listOrders[shape.order];
  const direction = sql.raw(shape.descending ? "desc" : "asc");
  const orderColumn = sql.raw(column);
  return query<ListValues, TicketSummaryRow>((p) => {
    const conditions = [
      sql`t.organization_id = ${p.organizationId}`,
      sql`not t.is_simulated and t.archived_at is null`,
      scopes[shape.scope](p),
      condition === null ? null : sql.raw(condition),
      ...shape.filters.map((filter) => filters[filter](p)),
      shape.after
        ? sql`(${orderColumn}, t.id) ${sql.raw(shape.descending ? "<" : ">")} (${p.afterValue}::timestamptz, ${p.afterId}::uuid)`
        : null,
    ].filter((part) => part !== null);
    return sql`
      select ${ticketSummary}, ${breachedMetrics(p.organizationId)} from (
        select t.* from tickets t where ${sql.join(conditions, sql` and `)}
        order by ${orderColumn} ${direction}, t.id ${direction} limit ${sql.raw(String(shape.limit))}) t
      ${people(p.organizationId)}
      order by ${orderColumn} ${direction}, t.id ${direction}`;
  });
});

/** The statement for a list of this shape: a page of what the reader may see. */
export const listTickets = (shape: ListShape) => compiled(JSON.stringify(shape));
