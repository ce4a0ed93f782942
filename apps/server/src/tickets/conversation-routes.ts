import { pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { commentVersionSchema, pageCommentVersions } from "./comment-versions.ts";
import * as input from "./conversation-input.ts";
import { editComment } from "./edit-comment.ts";
import { setCc } from "./set-cc.ts";
import { ticketHeaderSchema } from "./view.ts";

/** Who takes part in a ticket's conversation, and what becomes of its comments. */
export const conversationRoutes = {
  editComment: allow(
    ["ticket.reply", "ticket.note"],
    "ticket.not_found",
    "comment.not_found",
    "version.conflict",
    "ticket.closed",
    "ticket.merged",
    "mention.not_eligible",
  )
    .input(input.editCommentInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => editComment(ctx, input)),

  commentVersions: allow("ticket.note", "ticket.not_found", "comment.not_found", "cursor.invalid")
    .input(input.commentVersionsInput)
    .output(pageOf(commentVersionSchema))
    .query(({ ctx, input }) => pageCommentVersions(ctx, input)),

  setCc: allow("ticket.edit", "ticket.not_found", "ticket.merged", "cc.not_eligible", "cc.too_many")
    .input(input.setPeopleInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => setCc(ctx, input)),
};
