import { findPresence } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { type Present, othersAt } from "./view.ts";

/** Who else is at a ticket now. @throws RefusalError `ticket.not_found`. */
export const listPresence = async (
  { actor, read, now }: Context,
  { ticketId }: { ticketId: string },
): Promise<Present[]> =>
  othersAt(actor, await findPresence.first(read, { ticketId, readerId: actor.userId, now }));
