import { findPresence } from "@helpdesk/db";
import { toEpochMs } from "@helpdesk/domain";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import { z } from "zod";
import type { Context } from "../context.ts";
import { follow } from "../realtime/follow.ts";
import { type Present, othersAt, presentSchema } from "./view.ts";

export const presenceChangeSchema = z.array(presentSchema);

/** Who else is at a ticket: all of them, whenever that changes. @throws RefusalError `ticket.not_found`, `stream.limit_reached`. */
export async function* onPresenceChange(
  ctx: Context,
  { ticketId }: { ticketId: string },
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<Present[]>, void> {
  let last = "";
  yield* follow(ctx, signal, [`presence:${ticketId}`], async ({ actor, read, now }) => {
    const row = await findPresence.first(read, { ticketId, readerId: actor.userId, now });
    const others = othersAt(actor, row);
    // Nobody says that they are gone who just stop reporting.
    const expiries = others.map(({ expiresAt }) => toEpochMs(expiresAt) - toEpochMs(now));
    const againInMs = expiries.length > 0 ? Math.max(1, Math.min(...expiries)) : undefined;
    const present = others.map(({ id, name, activity, since }) => ({ id, name, activity, since }));
    const state = JSON.stringify(present);
    if (state === last) return { messages: [], againInMs };
    last = state;
    return { messages: [tracked(now, present)], againInMs };
  });
}
