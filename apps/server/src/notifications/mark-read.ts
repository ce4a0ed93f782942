import { readAllNotifications, readNotification, tellOfReading, unreadNotification } from "@helpdesk/db";
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
    if (!row) refuse({ code: "notification.not_found" });
    await tellOfReading(unit, { id: ctx.newId(), userId: ctx.actor.userId, at: ctx.now });
    return row;
  });

/** Marks one of one's own notifications as not read. @throws RefusalError `notification.not_found`. */
export const markUnread = (ctx: Context, input: { notificationId: string }): Promise<null> =>
  ctx.transact(async (unit) => {
    const { userId } = ctx.actor;
    const row = await unreadNotification.first(unit, { notificationId: input.notificationId, userId });
    if (!row) refuse({ code: "notification.not_found" });
    await tellOfReading(unit, { id: ctx.newId(), userId, at: ctx.now });
    return null;
  });

/** Marks all of one's own notifications as read, or those of one ticket. */
export const markAllRead = (ctx: Context, ticketId: string | null = null): Promise<{ count: number }> =>
  ctx.transact(async (unit) => {
    const { userId } = ctx.actor;
    const rows = await readAllNotifications(unit, { userId, ticketId, now: ctx.now });
    if (rows.length > 0) await tellOfReading(unit, { id: ctx.newId(), userId, at: ctx.now });
    return { count: rows.length };
  });
