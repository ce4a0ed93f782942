import { findComment, rewriteComment } from "@helpdesk/db";
import { editComment as decide, expectReadable, isAuthor } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { mentionedBy } from "./mentioned.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

export interface EditComment {
  ticketId: string;
  commentId: string;
  version: number;
  body: string;
}

/** Gives a comment another text; the earlier ones are kept. @throws RefusalError as `tickets.editComment` declares. */
export const editComment = (
  ctx: Context,
  { ticketId, commentId, version, body }: EditComment,
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const situation = await situate(ctx, unit, ticketId);
    const comment = expectReadable(situation, await findComment.first(unit, { ticketId, commentId }));
    // Who corrects another's words does not speak for them.
    const isOwn = isAuthor(situation, comment);
    const mentioned = isOwn ? await mentionedBy(unit, situation, body, comment.mentionIds) : undefined;
    const decision = decide(situation, comment, { version, body, mentioned });
    if (decision.events.length > 0) {
      const { at } = decision;
      await rewriteComment(unit, { commentId, version, body, writtenById: ctx.actor.userId, at });
    }
    return record(ctx, unit, decision);
  });
