import { findEntryPosition, findTicketChanges } from "@helpdesk/db";
import { expectVisible, may, refuse, seesNotes } from "@helpdesk/domain";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import { z } from "zod";
import type { Context } from "../context.ts";
import { follow } from "../realtime/follow.ts";
import { timelineEntrySchema, toEntry } from "./timeline-view.ts";
import { ticketHeaderSchema, toHeader } from "./view.ts";

export const ticketChangeSchema = z.object({
  ticket: ticketHeaderSchema,
  /** What is new in the ticket's own history since the message before, oldest first; none in the first one without a last id. */
  entries: z.array(timelineEntrySchema),
});
export type TicketChange = z.output<typeof ticketChangeSchema>;

/**
 * A ticket as it is and as it changes. Each entry comes once and in order, after `lastEventId` where it is given: a
 * message's id, or an entry's of the timeline. Edits and moves of comments, merges and splits come as entries that change
 * earlier ones: the ticket has to be read again then.
 * @throws RefusalError `ticket.not_found`, `cursor.invalid`, `stream.limit_reached`.
 */
export async function* onTicketChange(
  ctx: Context,
  { ticketId, lastEventId }: { ticketId: string; lastEventId?: string | null | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<TicketChange>, void> {
  let afterSequence: number | null = null;
  let isResuming = lastEventId != null;
  let lastHeader = "";
  yield* follow(ctx, signal, [`ticket:${ticketId}`], async (now) => {
    if (isResuming) {
      expectVisible(now.actor, await changesAfter(now, ticketId, null));
      const position = await findEntryPosition.first(ctx.read, { ticketId, entryId: lastEventId! });
      afterSequence = position?.sequence ?? refuse({ code: "cursor.invalid" });
      isResuming = false;
    }
    const changes = expectVisible(now.actor, await changesAfter(now, ticketId, afterSequence));
    const { entries, hasMore, lastSequence, lastEntryId } = changes;
    afterSequence = hasMore ? entries.at(-1)!.sequence : lastSequence;
    const ticket = toHeader(changes, now);
    const header = JSON.stringify(ticket);
    if (entries.length === 0 && header === lastHeader) return { messages: [] };
    lastHeader = header;
    const message = { ticket, entries: entries.map(({ entry }) => entry) };
    return { messages: [tracked(hasMore ? entries.at(-1)!.entry.id : lastEntryId, message)], hasMore };
  });
}

/** Read and rendered once for all who listen to the ticket and see as much of it. */
async function changesAfter(ctx: Context, ticketId: string, afterSequence: number | null) {
  const { actor, read } = ctx;
  const { topics } = ctx.request.resources.realtime;
  const readWith = (notes: boolean) =>
    topics.shared(`ticket:${ticketId}`, `${actor.organizationId} ${afterSequence} ${notes}`, async () => {
      const row = await findTicketChanges.first(read, { ticketId, afterSequence, notes });
      if (!row) return undefined;
      const entries = [];
      for (const { sequence, ...entry } of row.entries)
        entries.push({ sequence, entry: await toEntry(entry) });
      return { ...row, entries };
    });
  const mayNote = may(actor, "ticket.note");
  const row = await readWith(mayNote);
  // Who is on the customer's side is known from the row, and reads no notes whatever their role.
  return row && mayNote && !seesNotes(actor, row) ? readWith(false) : row;
}
