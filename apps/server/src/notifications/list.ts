import { listNotifications } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { type NotificationView, toNotification } from "./view.ts";

const ORDER = "notifications";
const BEGINNING = { value: "9999-12-31T23:59:59.999Z", id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };

/** One's own notifications, newest first. @throws RefusalError `cursor.invalid`. */
export async function list(
  ctx: Context,
  input: { unreadOnly: boolean; limit: number; cursor?: string | null },
): Promise<{ items: NotificationView[]; nextCursor: string | null }> {
  const after = input.cursor == null ? BEGINNING : fromCursor(input.cursor, ORDER);
  const rows = await listNotifications(fetchSize(input.limit), input.unreadOnly)(ctx.read, {
    userId: ctx.actor.userId,
    afterValue: after.value,
    afterId: after.id,
  });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toNotification(row, ctx.actor)),
    nextCursor:
      last && rows.length > page.length
        ? toCursor({ order: ORDER, value: last.createdAt, id: last.id })
        : null,
  };
}
