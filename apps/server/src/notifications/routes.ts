import { countUnread } from "@helpdesk/db";
import { z } from "zod";
import { idSchema, instantSchema, pageInput, pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { list } from "./list.ts";
import { markAllRead, markRead } from "./mark-read.ts";
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

  markRead: allow("signed_in", "notification.not_found")
    .input(z.strictObject({ notificationId: idSchema }))
    .output(z.object({ readAt: instantSchema }))
    .mutation(({ ctx, input }) => markRead(ctx, input)),

  markAllRead: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(countSchema)
    .mutation(({ ctx }) => markAllRead(ctx)),
};
