import { countUnread, countUnreadByKind } from "@helpdesk/db";
import { notificationKinds } from "@helpdesk/domain";
import { z } from "zod";
import { messagesOf } from "../realtime/messages.ts";
import { idSchema, instantSchema, pageInput, pageOf, safeText } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { list } from "./list.ts";
import { markAllRead, markRead, markUnread } from "./mark-read.ts";
import { newsSchema, onMine } from "./on-mine.ts";
import { getPreferences, preferencesSchema, setPreferences, setPreferencesInput } from "./preferences.ts";
import { notificationSchema } from "./view.ts";

const countSchema = z.object({ count: z.int() });
/** Kinds that there is nothing unread of are left out. */
const unreadSchema = z.object({
  kinds: z.array(z.object({ kind: z.enum(notificationKinds), count: z.int() })),
});
const oneInput = z.strictObject({ notificationId: idSchema });

export const notificationRoutes = {
  list: allow("signed_in", "cursor.invalid")
    .input(z.strictObject({ unreadOnly: z.boolean().default(false), ...pageInput }).prefault({}))
    .output(pageOf(notificationSchema))
    .query(({ ctx, input }) => list(ctx, input)),

  unreadCount: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(countSchema)
    .query(async ({ ctx }) => (await countUnread.first(ctx.read, { userId: ctx.actor.userId }))!),

  unreadByKind: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(unreadSchema)
    .query(async ({ ctx }) => ({
      kinds: await countUnreadByKind(ctx.read, { userId: ctx.actor.userId }),
    })),

  onMine: allow("signed_in", "cursor.invalid", "stream.limit_reached")
    .input(z.strictObject({ lastEventId: safeText(2_000).nullish() }).prefault({}))
    .output(messagesOf(newsSchema))
    .subscription(({ ctx, input, signal }) => onMine(ctx, input, signal)),

  markRead: allow("signed_in", "notification.not_found")
    .input(oneInput)
    .output(z.object({ readAt: instantSchema }))
    .mutation(({ ctx, input }) => markRead(ctx, input)),

  markUnread: allow("signed_in", "notification.not_found")
    .input(oneInput)
    .output(z.null())
    .mutation(({ ctx, input }) => markUnread(ctx, input)),

  markAllRead: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(countSchema)
    .mutation(({ ctx }) => markAllRead(ctx)),

  markTicketRead: allow("signed_in")
    .input(z.strictObject({ ticketId: idSchema }))
    .output(countSchema)
    .mutation(({ ctx, input }) => markAllRead(ctx, input.ticketId)),

  preferences: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(preferencesSchema)
    .query(({ ctx }) => getPreferences(ctx)),

  setPreferences: allow("signed_in")
    .input(setPreferencesInput)
    .output(preferencesSchema)
    .mutation(({ ctx, input }) => setPreferences(ctx, input)),
};
