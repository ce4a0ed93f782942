import type { Unit } from "@helpdesk/db";
import { reply as decide } from "@helpdesk/domain";
import { attach } from "../attachments/attach.ts";
import type { ActingUser, Context } from "../context.ts";
import { mentionedBy } from "./mentioned.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Writes a public comment. @throws RefusalError `ticket.not_found`, `ticket.closed`, `mention.not_eligible`, `attachment.not_found`, `attachment.infected`, `id.taken`. */
export const reply = (ctx: Context, input: Reply): Promise<TicketHeader> =>
  ctx.transact((unit) => replyIn(ctx, unit, input));

export interface Reply {
  ticketId: string;
  id?: string;
  body: string;
  attachmentIds: string[];
}

/** As `reply`, in a transaction that does more. */
export async function replyIn(ctx: ActingUser, unit: Unit, input: Reply): Promise<TicketHeader> {
  const situation = await situate(ctx, unit, input.ticketId);
  const { id: commentId = ctx.newId(), body } = input;
  const mentioned = await mentionedBy(unit, situation, body);
  const decision = decide(situation, { commentId, body, mentioned });
  const header = await record(ctx, unit, decision);
  await attach(ctx, unit, { ...input, commentId, at: decision.at });
  return header;
}
