import { writeView } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context, PublicContext } from "../context.ts";
import { networkOf } from "../identity/attempts.ts";
import { publishedArticle } from "./published-article.ts";
import { readerHash } from "./reader-hash.ts";
import { dayOf, readingOf, strangersReading } from "./reading.ts";

/** Counts that somebody reads an article, once a day each. @throws RefusalError `article.not_found`. */
export const recordView = (ctx: Context, { articleId }: { articleId: string }): Promise<null> =>
  ctx.transact(async (unit) => {
    const { env, now } = readingOf(ctx);
    await publishedArticle({ ...readingOf(ctx), read: unit }, articleId);
    const day = dayOf(now);
    await writeView(unit, { articleId, day, readerHash: readerHash(env, articleId, day, ctx.actor.userId) });
    return null;
  });

/** As `recordView`, of somebody who has not signed in: once a day a network. @throws RefusalError `article.not_found`. */
export async function recordStrangersView(
  ctx: PublicContext,
  { organization: slug, articleId }: { organization: string; articleId: string },
): Promise<null> {
  const reading = await strangersReading(ctx, slug);
  const { organization, env, now } = reading;
  if (!organization) return refuse({ code: "article.not_found" });
  await publishedArticle(reading, articleId);
  const day = dayOf(now);
  const hash = readerHash(env, articleId, day, networkOf(ctx.request.ipAddress));
  await ctx.transactIn(organization.id, (unit) => writeView(unit, { articleId, day, readerHash: hash }));
  return null;
}
