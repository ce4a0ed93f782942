import { findReview, findReviewedWork, lockReview, rewriteReview } from "@helpdesk/db";
import { expectMarks, expectOwnReview, expectVersion, markReview, seesNotes } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Marking, scoreRow } from "./create.ts";
import { type Review, toReview } from "./view.ts";

/**
 * Writes one's own review anew: the agent is to read it again. Times stay as they were measured when it was written,
 * whatever became of the ticket since. @throws RefusalError as `reviews.revise` declares.
 */
export const revise = (
  ctx: Context,
  { reviewId, version, credits, autoFails, comment }: Marking & { reviewId: string; version: number },
): Promise<Review> =>
  ctx.transact(async (unit) => {
    const before = expectOwnReview(ctx.actor, await lockReview.first(unit, { reviewId }));
    expectVersion(before, version);
    const work = await findReviewedWork.first(unit, { ticketId: before.ticket.id });
    const seen = seesNotes(ctx.actor, before.ticket)
      ? work!.comments
      : work!.comments.filter(({ visibility }) => visibility === "public");
    expectMarks(credits, autoFails, before.agentId, seen);
    const measured = before.marks.criteria.filter(({ section }) => section === "responseTime");
    const score = scoreRow(markReview(credits, autoFails, measured));
    const told = { notificationId: ctx.newId(), at: ctx.now };
    await rewriteReview(unit, { id: reviewId, comment, score, ...told });
    const row = await findReview.first(unit, { reviewId });
    return toReview(row!, ctx.actor);
  });
