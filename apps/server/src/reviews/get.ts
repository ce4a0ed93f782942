import { findReview } from "@helpdesk/db";
import { expectReview } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Review, toReview } from "./view.ts";

/** A review, for its agent and for reviewers who see its ticket. @throws RefusalError `review.not_found`. */
export async function get(ctx: Context, input: { reviewId: string }): Promise<Review> {
  const row = expectReview(ctx.actor, await findReview.first(ctx.read, input));
  return toReview(row, ctx.actor);
}
