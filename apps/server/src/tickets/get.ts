import { findTicket } from "@helpdesk/db";
import { expectVisible, may, ticketScope } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type TicketView, toTicket } from "./view.ts";

/** A ticket with the latest part of its timeline. @throws RefusalError `ticket.not_found`. */
export async function getTicket(ctx: Context, input: { ticketId: string }): Promise<TicketView> {
  const row = await readTicket(ctx, input.ticketId, null);
  return toTicket(expectVisible(ctx.actor, row), ctx);
}

/** What the actor may read of a ticket: the statement leaves notes out for those who do not see them. */
export const readTicket = (ctx: Context, ticketId: string, beforeId: string | null) =>
  findTicket.first(ctx.read, {
    ticketId,
    readerId: ctx.actor.userId,
    notes: may(ctx.actor, "ticket.note"),
    staff: ticketScope(ctx.actor) !== "own",
    beforeId,
  });
