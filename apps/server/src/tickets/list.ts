import {
  type ListShape,
  type TicketSummaryRow,
  arrayLiteral,
  conditionValues,
  listFilters,
  listTickets,
} from "@helpdesk/db";
import { type ViewConditions, type ViewOrder, ticketScope } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { containing as containedBy } from "../fields/containing.ts";
import { byTagIds, conditionsFor } from "./conditions.ts";
import type { listInput } from "./input.ts";
import { type TicketSummary, toSummary } from "./view.ts";

export interface TicketPage {
  items: TicketSummary[];
  nextCursor: string | null;
}

const orderValue = {
  created_at: (row: TicketSummaryRow) => row.createdAt,
  updated_at: (row: TicketSummaryRow) => row.updatedAt,
  resolution_due_at: (row: TicketSummaryRow) => row.resolutionDueAt!,
};

/** Tickets that are asked of at once. */
export const MOST_AMONG = 500;

interface Page extends ViewOrder {
  limit: number;
  cursor?: string | null | undefined;
  /** What custom fields have to contain. */
  containing?: ReturnType<typeof containedBy> | null;
}

/** A page of the tickets the actor may see. @throws RefusalError `cursor.invalid`, `status.unknown`, `field.invalid`. */
export async function list(
  ctx: Context,
  { orderBy, direction, limit, cursor, fields, ...conditions }: z.output<typeof listInput>,
): Promise<TicketPage> {
  for (const key of conditions.statuses ?? []) ctx.desk.statuses.byKey(key);
  return listWhere(ctx, await byTagIds(ctx, conditions), {
    orderBy,
    direction,
    limit,
    cursor,
    containing: fields ? containedBy(ctx, fields) : null,
  });
}

/** Those of some tickets that conditions ask for, as far as the actor may see them; an order leaves out what has no place in it. */
export async function listAmong(
  ctx: Context,
  asked: ViewConditions,
  { orderBy, direction }: ViewOrder,
  ids: readonly string[],
): Promise<TicketSummary[]> {
  const { actor, desk } = ctx;
  const scope = ticketScope(actor);
  if (scope === "none" || ids.length === 0) return [];
  const conditions = conditionsFor(actor, desk, asked);
  const rows = await listTickets({
    scope,
    order: orderBy,
    descending: direction === "desc",
    after: false,
    limit: MOST_AMONG,
    filters: listFilters(conditions),
    among: true,
  })(ctx.read, {
    ...conditionValues(conditions),
    readerId: actor.userId,
    departmentIds: arrayLiteral(actor.departmentIds),
    fields: null,
    amongIds: arrayLiteral(ids),
    afterValue: null,
    afterId: null,
  });
  return rows.map((row) => toSummary(row, ctx));
}

/** A page of the tickets that conditions ask for. @throws RefusalError `cursor.invalid`. */
export async function listWhere(
  ctx: Context,
  asked: ViewConditions,
  { orderBy, direction, limit, cursor, containing = null }: Page,
): Promise<TicketPage> {
  const { actor, desk } = ctx;
  const scope = ticketScope(actor);
  if (scope === "none") return { items: [], nextCursor: null };
  const after = cursor == null ? null : fromCursor(cursor, `${orderBy} ${direction}`);
  const conditions = conditionsFor(actor, desk, asked);
  const shape: ListShape = {
    scope,
    order: orderBy,
    descending: direction === "desc",
    after: after !== null,
    limit: fetchSize(limit),
    filters: listFilters(conditions),
    fields: containing && (containing.isStaffs ? "staff" : "customers"),
  };
  const rows = await listTickets(shape)(ctx.read, {
    ...conditionValues(conditions),
    readerId: actor.userId,
    departmentIds: arrayLiteral(actor.departmentIds),
    fields: containing && JSON.stringify(containing.values),
    amongIds: null,
    afterValue: after?.value ?? null,
    afterId: after?.id ?? null,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toSummary(row, ctx)),
    nextCursor:
      last && rows.length > limit
        ? toCursor({ order: `${orderBy} ${direction}`, value: orderValue[orderBy](last), id: last.id })
        : null,
  };
}
