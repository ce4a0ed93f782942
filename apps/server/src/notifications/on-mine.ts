import { findNews } from "@helpdesk/db";
import { plusSeconds } from "@helpdesk/domain";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import { z } from "zod";
import type { Context } from "../context.ts";
import { follow } from "../realtime/follow.ts";
import { readMoment } from "../realtime/moment.ts";
import { notificationSchema, toNotification } from "./view.ts";

export const newsSchema = z.object({
  unreadCount: z.int(),
  /** What is new since the message before, oldest first; none in the first one without a last id. */
  notifications: z.array(notificationSchema),
  /** There is more new than a message holds: read the list again. */
  isTooMuch: z.boolean(),
});
export type News = z.output<typeof newsSchema>;

/** Longer than any transaction: what is committed now was decided after that. */
const LATEST_SECONDS = 86_400;
/** Whoever comes back later is told to read the list. */
const RESUMED_SECONDS = 30 * LATEST_SECONDS;

/**
 * One's own notifications as they come, each once, and how many are unread, whenever that changes.
 * @throws RefusalError `cursor.invalid`, `stream.limit_reached`.
 */
export async function* onMine(
  ctx: Context,
  { lastEventId }: { lastEventId?: string | null | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<News>, void> {
  const { userId } = ctx.actor;
  let since = lastEventId == null ? null : readMoment(lastEventId);
  let createdAfter = plusSeconds(ctx.now, -RESUMED_SECONDS);
  let lastUnread: number | null = null;
  yield* follow(ctx, signal, [`told:${userId}`], async ({ actor, read, now }) => {
    const found = (await findNews.first(read, { userId, since, createdAfter }))!;
    since = found.snapshot;
    createdAfter = plusSeconds(now, -LATEST_SECONDS);
    const { unreadCount, isTooMuch } = found;
    if (found.news.length === 0 && unreadCount === lastUnread) return { messages: [] };
    lastUnread = unreadCount;
    const notifications = isTooMuch ? [] : found.news.map((row) => toNotification(row, actor));
    return { messages: [tracked(since, { unreadCount, notifications, isTooMuch })] };
  });
}
