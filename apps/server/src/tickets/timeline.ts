import { expectVisible } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { readTicket } from "./get.ts";
import { type TimelineEntry, toTimeline } from "./timeline-view.ts";

export interface TimelinePage {
  items: TimelineEntry[];
  nextCursor: string | null;
}

/** Entries before the cursor, or the latest ones: each page oldest first. @throws RefusalError `ticket.not_found`. */
export async function pageTimeline(
  ctx: Context,
  input: { ticketId: string; cursor?: string | null },
): Promise<TimelinePage> {
  const before = Math.min(Number(input.cursor ?? 2_147_483_647), 2_147_483_647);
  const row = await readTicket(ctx, input.ticketId, before);
  const { timeline, timelineCursor } = toTimeline(expectVisible(ctx.actor, row).timeline);
  return { items: timeline, nextCursor: timelineCursor };
}
