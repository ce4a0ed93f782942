import { addNote as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Writes an internal note. @throws RefusalError `ticket.not_found`, `ticket.closed`, `id.taken`. */
export const addNote = (
  ctx: Context,
  input: { ticketId: string; id?: string; body: string },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const situation = await situate(ctx, unit, input.ticketId);
    return record(ctx, unit, decide(situation, { commentId: input.id ?? ctx.newId(), body: input.body }));
  });
