import { deletePresence, writePresence } from "@helpdesk/db";
import { PRESENCE_SECONDS, type PresenceActivity, plusSeconds } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Present, othersAt } from "./view.ts";

interface Report {
  ticketId: string;
  activity: PresenceActivity | "left";
}

/** Says that one is at a ticket for the next half minute, or no longer, and hears who else is. @throws RefusalError `ticket.not_found`. */
export const reportPresence = (ctx: Context, { ticketId, activity }: Report): Promise<Present[]> =>
  ctx.transact(async (unit) => {
    const { actor, now } = ctx;
    const reading = { ticketId, readerId: actor.userId, now, eventId: ctx.newId() };
    const expiresAt = plusSeconds(now, PRESENCE_SECONDS);
    const row =
      activity === "left"
        ? await deletePresence.first(unit, reading)
        : await writePresence.first(unit, { ...reading, activity, expiresAt });
    return othersAt(actor, row);
  });
