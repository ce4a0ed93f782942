import { expectVisible, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { readTicket } from "./get.ts";
import { type TimelineEntry, toTimeline } from "./timeline-view.ts";

export interface TimelinePage {
  items: TimelineEntry[];
  nextCursor: string | null;
}

/** Entries before the cursor, or the latest ones: each page oldest first. @throws RefusalError `ticket.not_found`, `cursor.invalid`. */
export async function pageTimeline(
  ctx: Context,
  input: { ticketId: string; cursor?: string | null },
): Promise<TimelinePage> {
  const row = await readTicket(ctx, input.ticketId, input.cursor ?? null);
  const { timeline, timelineCursor } = await toTimeline(expectVisible(ctx.actor, row).timeline);
  // A cursor is given only where something is older.
  if (timeline.length === 0) refuse({ code: "cursor.invalid" });
  return { items: timeline, nextCursor: timelineCursor };
}
