import { type ListFilter, type ListShape, type TicketSummaryRow, listTickets } from "@helpdesk/db";
import { demand, ticketScope } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
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

const arrayLiteral = (values: Iterable<string>): string => `{${[...values].join(",")}}`;

/** A page of the tickets the actor may see. @throws RefusalError `cursor.invalid`, `status.unknown`. */
export async function list(ctx: Context, input: z.output<typeof listInput>): Promise<TicketPage> {
  const { actor, desk } = ctx;
  const scope = ticketScope(actor);
  // Tags are the staff's words.
  if (input.tags) demand(actor, "ticket.note");
  if (scope === "none") return { items: [], nextCursor: null };
  const { orderBy, direction, limit } = input;
  const after = input.cursor == null ? null : fromCursor(input.cursor, `${orderBy} ${direction}`);
  const shape: ListShape = {
    scope,
    order: orderBy,
    descending: direction === "desc",
    after: after !== null,
    limit: fetchSize(limit),
    filters: filtersOf(input),
  };
  const rows = await listTickets(shape)(ctx.read, {
    readerId: actor.userId,
    departmentIds: arrayLiteral(actor.departmentIds),
    afterValue: after?.value ?? null,
    afterId: after?.id ?? null,
    statusIds: input.statuses ? arrayLiteral(input.statuses.map((key) => desk.statuses.byKey(key).id)) : null,
    priorities: input.priorities ? arrayLiteral(input.priorities) : null,
    assigneeId: input.assigneeId ?? null,
    departmentId: input.departmentId ?? null,
    customerId: input.customerId ?? null,
    tagNames: input.tags ? JSON.stringify(input.tags) : null,
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

function filtersOf(input: z.output<typeof listInput>): ListFilter[] {
  const filters: ListFilter[] = [];
  if (input.isOpen !== undefined) filters.push(input.isOpen ? "open" : "done");
  if (input.statuses) filters.push("statuses");
  if (input.priorities) filters.push("priorities");
  if (input.assigneeId !== undefined) filters.push(input.assigneeId === null ? "unassigned" : "assignee");
  if (input.departmentId !== undefined) filters.push(input.departmentId === null ? "unrouted" : "department");
  if (input.customerId !== undefined) filters.push("customer");
  if (input.tags) filters.push("tags");
  return filters;
}
