import { listDeliveries as listRows } from "@helpdesk/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { fromCursor, toCursor } from "../cursor.ts";
import type { listDeliveriesInput } from "./input.ts";
import { webhookOf } from "./situate.ts";
import { type Delivery, toDelivery } from "./view.ts";

const ORDER = "webhook_deliveries";

/** What a webhook was told, the newest first. @throws RefusalError `webhook.not_found`, `cursor.invalid`. */
export async function listDeliveries(
  { read }: Context,
  { webhookId, state, ticketId, limit, cursor }: z.output<typeof listDeliveriesInput>,
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  const after = cursor == null ? null : fromCursor(cursor, ORDER);
  await webhookOf(read, webhookId);
  const rows = await listRows(read, {
    webhookId,
    state: state ?? null,
    ticketId: ticketId ?? null,
    limit: limit + 1,
    afterAt: after?.value ?? null,
    afterId: after?.id ?? null,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toDelivery),
    nextCursor:
      last && rows.length > limit ? toCursor({ order: ORDER, value: last.createdAt, id: last.id }) : null,
  };
}
