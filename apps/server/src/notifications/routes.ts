import { countUnread } from "@helpdesk/db";
import { z } from "zod";
import { messagesOf } from "../realtime/messages.ts";
import { idSchema, instantSchema, pageInput, pageOf, safeText } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { list } from "./list.ts";
import { markAllRead, markRead } from "./mark-read.ts";
import { newsSchema, onMine } from "./on-mine.ts";
import { notificationSchema } from "./view.ts";

const countSchema = z.object({ count: z.int() });

export const notificationRoutes = {
  list: allow("signed_in", "cursor.invalid")
    .input(z.strictObject({ unreadOnly: z.boolean().default(false), ...pageInput }).prefault({}))
    .output(pageOf(notificationSchema))
    .query(({ ctx, input }) => list(ctx, input)),

  unreadCount: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(countSchema)
    .query(async ({ ctx }) => (await countUnread.first(ctx.read, { userId: ctx.actor.userId }))!),

  onMine: allow("signed_in", "cursor.invalid", "stream.limit_reached")
    .input(z.strictObject({ lastEventId: safeText(2_000).nullish() }).prefault({}))
    .output(messagesOf(newsSchema))
    .subscription(({ ctx, input, signal }) => onMine(ctx, input, signal)),

  markRead: allow("signed_in", "notification.not_found")
    .input(z.strictObject({ notificationId: idSchema }))
    .output(z.object({ readAt: instantSchema }))
    .mutation(({ ctx, input }) => markRead(ctx, input)),

  markAllRead: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(countSchema)
    .mutation(({ ctx }) => markAllRead(ctx)),
};
