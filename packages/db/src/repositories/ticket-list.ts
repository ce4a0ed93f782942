import { type SQL, type SQLWrapper, and, asc, desc, eq, isNotNull, isNull, not, sql } from "drizzle-orm";
import type { TicketOrder, TicketScope } from "@helpdesk/domain";
import { type Params, build, query, shaped } from "../statement.ts";
import {
  type ConditionSlots,
  type ConditionValues,
  type TicketConditions,
  columnConditions,
  conditionSql,
  conditionSlots,
  parsedInPlace,
  tagConditions,
} from "./ticket-conditions.ts";
import { onCustomersSide, ticketScopes } from "./ticket-scope.ts";
import { selectSummaries, t } from "./ticket-summary.ts";

interface Order {
  column: typeof t.createdAt | typeof t.updatedAt | typeof t.resolutionDueAt;
  isAlwaysThere: boolean;
}

/** The orders of a list. A ticket without a value has no place in it. */
const orders: Record<TicketOrder, Order> = {
  created_at: { column: t.createdAt, isAlwaysThere: true },
  updated_at: { column: t.updatedAt, isAlwaysThere: true },
  resolution_due_at: { column: t.resolutionDueAt, isAlwaysThere: false },
};

export type ListOrder = TicketOrder;

/** What makes two lists different statements. */
export interface ListShape {
  scope: Exclude<TicketScope, "none">;
  order: ListOrder;
  descending: boolean;
  after: boolean;
  limit: number;
  filters: ListFilter[];
  /** Whether values of custom fields are asked for, and whether all of them are such as customers see. */
  fields?: "customers" | "staff" | null;
  /** Only those of some tickets. */
  among?: boolean;
}

export interface ListValues extends ConditionValues {
  readerId: string;
  departmentIds: string;
  /** A JSON object that custom fields have to contain. */
  fields?: string | null;
  /** The ids of those it is asked of, as an array literal. */
  amongIds?: string | null;
  afterValue: string | null;
  afterId: string | null;
}

type P = Params<ListValues>;

type Asked = Params<ConditionValues & { readerId: string }>;

/** The tags that the reader sees on it: none on the tickets whose customer they are. */
const taggedWith = (p: Asked, tagIds: SQLWrapper): SQL => sql`
  ticket_tags l where l.organization_id = ${p.organizationId} and l.ticket_id = ${t.id} and l.tag_id = any(${tagIds})
    and not (${onCustomersSide(p)})`;

const filters = {
  ...conditionSql,
  open: () => isNull(t.resolvedAt),
  done: () => isNotNull(t.resolvedAt),
  tags: (_, p, asked) => sql`exists (select from ${taggedWith(asked, p.tagIds)})`,
  // Those with any of them are found by an index; only they are looked at for all.
  all_tags: (_, p, asked) => sql`exists (select from ${taggedWith(asked, p.allTagIds)})
    and (select count(*) from ${taggedWith(asked, p.allTagIds)}) = cardinality(${p.allTagIds})`,
  no_tags: (_, p, asked) => sql`not exists (select from ${taggedWith(asked, p.noTagIds)})`,
} satisfies Record<string, (columns: typeof t, p: ConditionSlots, asked: Asked) => SQL>;

export type ListFilter = keyof typeof filters;

/** The filters that conditions come to. */
export const listFilters = (asked: TicketConditions): ListFilter[] => [
  ...(asked.isOpen === undefined ? [] : ([asked.isOpen ? "open" : "done"] as const)),
  ...columnConditions(asked),
  ...tagConditions(asked),
];

/** What is asked of tickets called `t`. */
export function askedFor(p: Asked, asked: readonly ListFilter[]): SQL[] {
  const slots = conditionSlots((name) => p[name], parsedInPlace);
  return asked.map((filter) => filters[filter](t, slots, p));
}

/** Pages as clients show them: one filter at most, the usual size and direction. There are few of these. */
const isUsual = ({ order, descending, limit, filters, fields, among }: ListShape): boolean =>
  !fields && !among && filters.length <= 1 && limit === 51 && descending === (order !== "resolution_due_at");

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
            ticketScopes[shape.scope](p),
            isAlwaysThere ? undefined : isNotNull(column),
            ...askedFor(p, shape.filters),
            // As the index has it.
            shape.fields
              ? sql`${t.customFields} <> '{}' and ${t.customFields} @> (${p.fields}::text)::jsonb`
              : undefined,
            shape.among ? sql`${t.id} = any((${p.amongIds}::text)::uuid[])` : undefined,
            shape.fields === "staff" ? not(onCustomersSide(p)) : undefined,
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
