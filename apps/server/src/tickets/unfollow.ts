import type { Context } from "../context.ts";
import { changeFollowers } from "./set-followers.ts";
import type { TicketHeader } from "./view.ts";

/** The actor follows the ticket no longer. @throws RefusalError `ticket.not_found`. */
export const unfollow = (ctx: Context, { ticketId }: { ticketId: string }): Promise<TicketHeader> =>
  ctx.transact((unit) => changeFollowers(ctx, unit, ticketId, { add: [], remove: [ctx.actor.userId] }));
