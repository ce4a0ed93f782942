import { type ErasureRow, findErasure, listErasures } from "@helpdesk/db";
import { type Receipt, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { receiptOf } from "./receipt.ts";
import { type Erasure, toErasure } from "./view.ts";

const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

const found = async (ctx: Context, erasureId: string): Promise<ErasureRow> =>
  (await findErasure.first(ctx.read, { erasureId })) ?? refuse({ code: "erasure.not_found" });

/** How far an erasure has come. @throws RefusalError `erasure.not_found`. */
export const get = async (ctx: Context, { erasureId }: { erasureId: string }): Promise<Erasure> =>
  toErasure(await found(ctx, erasureId));

/** What is left of a finished one, to be handed out. @throws RefusalError `erasure.not_found`, `erasure.not_finished`. */
export async function receipt(ctx: Context, { erasureId }: { erasureId: string }): Promise<Receipt> {
  const row = await found(ctx, erasureId);
  const finishedAt = row.finishedAt ?? refuse({ code: "erasure.not_finished" });
  return receiptOf(ctx.actor.organizationId, row, finishedAt);
}

/** The latest first. @throws RefusalError `cursor.invalid`. */
export async function list(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string | null | undefined },
): Promise<{ items: Erasure[]; nextCursor: string | null }> {
  const before = cursor == null ? LAST_ID : fromCursor(cursor, "erasures").id;
  const rows = await listErasures(ctx.read, { before, limit: fetchSize(limit) });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const isMore = last !== undefined && rows.length > limit;
  const nextCursor = isMore ? toCursor({ order: "erasures", value: last.requestedAt, id: last.id }) : null;
  return { items: items.map(toErasure), nextCursor };
}
