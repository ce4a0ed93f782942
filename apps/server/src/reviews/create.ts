import { findReview, findReviewedWork, insertReview } from "@helpdesk/db";
import {
  expectMarks,
  expectReviewable,
  markReview,
  measuredTimes,
  type ReviewCredit,
  type ReviewMarks,
  type SeenAutoFail,
  scoreReview,
  seesNotes,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { situate } from "../tickets/situate.ts";
import { type Review, toReview } from "./view.ts";

export interface Marking {
  credits: Record<string, ReviewCredit>;
  autoFails: SeenAutoFail[];
  comment: string;
}

/** Reviews how somebody worked on a finished ticket. @throws RefusalError as `reviews.create` declares. */
export const create = (
  ctx: Context,
  input: Marking & { ticketId: string; agentId?: string | undefined },
): Promise<Review> =>
  ctx.transact(async (unit) => {
    const { ticketId, credits, autoFails, comment } = input;
    const { ticket, cycles } = await situate(ctx, unit, ticketId);
    const work = await findReviewedWork.first(unit, { ticketId });
    const { comments, workerIds } = work!;
    const reviewerId = ctx.actor.userId;
    const agentId = expectReviewable(reviewerId, input.agentId ?? ticket.assigneeId, { ticket, workerIds });
    const seen = seesNotes(ctx.actor, ticket)
      ? comments
      : comments.filter(({ visibility }) => visibility === "public");
    expectMarks(credits, autoFails, agentId, seen);
    const score = scoreRow(markReview(credits, autoFails, measuredTimes(cycles)));
    const id = ctx.newId();
    const told = { notificationId: ctx.newId(), at: ctx.now };
    await insertReview(unit, { id, ticketId, agentId, reviewerId, comment, score, ...told });
    const row = await findReview.first(unit, { reviewId: id });
    return toReview(row!, ctx.actor);
  });

/** Marks and all that they score, as statements take them. */
export function scoreRow(marks: ReviewMarks): string {
  const { sections, weights, raw, cap, overall } = scoreReview(marks);
  return JSON.stringify([{ marks, ...sections, weights, raw, cap, overall }]);
}
