import { readAllNotifications, readNotification } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Marks one of one's own notifications as read; again changes nothing. @throws RefusalError `notification.not_found`. */
export const markRead = (ctx: Context, input: { notificationId: string }): Promise<{ readAt: string }> =>
  ctx.transact(async (unit) => {
    const row = await readNotification.first(unit, {
      notificationId: input.notificationId,
      userId: ctx.actor.userId,
      now: ctx.now,
    });
    return row ?? refuse({ code: "notification.not_found" });
  });

/** Marks all of one's own notifications as read. */
export const markAllRead = (ctx: Context): Promise<{ count: number }> =>
  ctx.transact(async (unit) => {
    const rows = await readAllNotifications(unit, { userId: ctx.actor.userId, now: ctx.now });
    return { count: rows.length };
  });
