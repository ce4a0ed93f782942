import { type SQL, and, asc, desc, eq, isNotNull, isNull, not, or, sql } from "drizzle-orm";
import type { TicketScope } from "@helpdesk/domain";
import { type Params, build, query, shaped } from "../statement.ts";
import { selectSummaries, t } from "./ticket-summary.ts";

/** The orders of a list. A ticket without a value has no place in it. */
const orders = {
  created_at: { column: t.createdAt, isAlwaysThere: true },
  updated_at: { column: t.updatedAt, isAlwaysThere: true },
  resolution_due_at: { column: t.resolutionDueAt, isAlwaysThere: false },
};

export type ListOrder = keyof typeof orders;

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

const anyOf = (
  column: SQL | typeof t.statusId | typeof t.priority,
  list: P[keyof ListValues],
  type: string,
) => sql`${column} = any((${list}::text)::${sql.raw(type)}[])`;

const filters = {
  open: () => isNull(t.resolvedAt),
  done: () => isNotNull(t.resolvedAt),
  statuses: (p: P) => anyOf(t.statusId, p.statusIds, "uuid"),
  priorities: (p: P) => anyOf(t.priority, p.priorities, "text"),
  assignee: (p: P) => eq(t.assigneeId, p.assigneeId),
  unassigned: () => isNull(t.assigneeId),
  department: (p: P) => eq(t.departmentId, p.departmentId),
  unrouted: () => isNull(t.departmentId),
  tags: (p: P) => sql`exists (
    select from ticket_tags l join tags g on g.organization_id = ${p.organizationId} and g.id = l.tag_id
    where l.organization_id = ${p.organizationId} and l.ticket_id = ${t.id}
      and g.name in (select n from jsonb_array_elements_text((${p.tagNames}::text)::jsonb) n))`,
  customer: (p: P) => eq(t.customerId, p.customerId),
};

export type ListFilter = keyof typeof filters;

const scopes: Record<ListShape["scope"], (p: P) => SQL | undefined> = {
  organization: () => undefined,
  departments: (p) =>
    or(
      isNull(t.departmentId),
      sql`${t.departmentId} = any((${p.departmentIds}::text)::uuid[])`,
      eq(t.assigneeId, p.readerId),
      eq(t.customerId, p.readerId),
    ),
  own: (p) => eq(t.customerId, p.readerId),
};

/** Pages as clients show them: one filter at most, the usual size and direction. There are few of these. */
const isUsual = ({ order, descending, limit, filters }: ListShape): boolean =>
  filters.length <= 1 && limit === 51 && descending === (order !== "resolution_due_at");

const compiled = shaped((key: string) => {
  const shape = JSON.parse(key) as ListShape;
  const { column, isAlwaysThere } = orders[shape.order];
  const inOrder = shape.descending ? desc : asc;
  const beyond = sql.raw(shape.descending ? "<" : ">");
  return query(
    (p: P) => {
      const page = build
        .select()
        .from(t)
        .where(
          and(
            eq(t.organizationId, p.organizationId),
            not(t.isSimulated),
            isNull(t.archivedAt),
            scopes[shape.scope](p),
            isAlwaysThere ? undefined : isNotNull(column),
            ...shape.filters.map((filter) => filters[filter](p)),
            shape.after
              ? sql`(${column}, ${t.id}) ${beyond} (${p.afterValue}::timestamptz, ${p.afterId}::uuid)`
              : undefined,
          ),
        )
        .orderBy(inOrder(column), inOrder(t.id))
        // A literal: given a parameter, PostgreSQL plans for any number of rows.
        .limit(sql.raw(String(shape.limit)) as unknown as number)
        .as("t");
      // The page is cut first, and only its rows are joined.
      return selectSummaries(p, page as unknown as typeof t).orderBy(inOrder(column), inOrder(t.id));
    },
    { isRare: !isUsual(shape) },
  );
});

/** The statement for a list of this shape: a page of what the reader may see. */
export const listTickets = (shape: ListShape) => compiled(JSON.stringify(shape));
