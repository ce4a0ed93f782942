import type { Context } from "../context.ts";
import { changeFollowers } from "./set-followers.ts";
import type { TicketHeader } from "./view.ts";

/** The actor is told of the ticket from now on. @throws RefusalError as `tickets.follow` declares. */
export const follow = (ctx: Context, { ticketId }: { ticketId: string }): Promise<TicketHeader> =>
  ctx.transact((unit) => changeFollowers(ctx, unit, ticketId, { add: [ctx.actor.userId], remove: [] }));
