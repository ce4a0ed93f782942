import { acknowledgeReview, findReview, lockReview } from "@helpdesk/db";
import { expectReviewOfOwnWork, expectVersion } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Review, toReview } from "./view.ts";

/** The agent has read a review of their work, and may answer it. @throws RefusalError `review.not_found`, `version.conflict`. */
export const acknowledge = (
  ctx: Context,
  { reviewId, version, reply }: { reviewId: string; version: number; reply?: string | undefined },
): Promise<Review> =>
  ctx.transact(async (unit) => {
    expectVersion(expectReviewOfOwnWork(ctx.actor, await lockReview.first(unit, { reviewId })), version);
    await acknowledgeReview(unit, { id: reviewId, reply: reply ?? null, at: ctx.now });
    const row = await findReview.first(unit, { reviewId });
    return toReview(row!, ctx.actor);
  });
