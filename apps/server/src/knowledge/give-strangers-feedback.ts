import { writeStrangersFeedback } from "@helpdesk/db";
import { feedbackLimit, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { PublicContext } from "../context.ts";
import { countOneMore, expectWithinLimit, feedbackSubject, networkOf } from "../identity/attempts.ts";
import type { publicFeedbackInput } from "./input.ts";
import { publishedArticle } from "./published-article.ts";
import { readerHash } from "./reader-hash.ts";
import { strangersReading } from "./reading.ts";

/**
 * The word of somebody who has not signed in: one of each network on an article, and so many of it within a while.
 * @throws RefusalError `article.not_found`, `auth.throttled`.
 */
export async function giveStrangersFeedback(
  ctx: PublicContext,
  { organization: slug, ...input }: z.output<typeof publicFeedbackInput>,
): Promise<null> {
  const { now, request } = ctx;
  const reading = await strangersReading(ctx, slug);
  const { organization, env } = reading;
  if (!organization) return refuse({ code: "article.not_found" });
  await publishedArticle(reading, input.articleId);
  const subjects = [feedbackSubject(request.ipAddress)];
  const networkHash = readerHash(env, organization.id, input.articleId, networkOf(request.ipAddress));
  // What is one too many is counted, and not written.
  const counted = await ctx.transactIn(organization.id, async (unit) => {
    const counts = await countOneMore(unit, subjects, feedbackLimit, now);
    if (counts.every(({ count }) => count <= feedbackLimit.attempts))
      await writeStrangersFeedback(unit, { ...input, id: ctx.newId(), networkHash, at: now });
    return counts;
  });
  expectWithinLimit(counted, feedbackLimit, now);
  return null;
}
