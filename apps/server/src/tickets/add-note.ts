import { addNote as decide } from "@helpdesk/domain";
import { attach } from "../attachments/attach.ts";
import type { Context } from "../context.ts";
import { mentionedBy } from "./mentioned.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Writes an internal note. @throws RefusalError `ticket.not_found`, `ticket.closed`, `mention.not_eligible`, `attachment.not_found`, `attachment.infected`, `id.taken`. */
export const addNote = (
  ctx: Context,
  input: { ticketId: string; id?: string; body: string; attachmentIds: string[] },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const situation = await situate(ctx, unit, input.ticketId);
    const { id: commentId = ctx.newId(), body } = input;
    const mentioned = await mentionedBy(unit, situation, body);
    const decision = decide(situation, { commentId, body, mentioned });
    const header = await record(ctx, unit, decision);
    await attach(ctx, unit, { ...input, commentId, at: decision.at });
    return header;
  });
