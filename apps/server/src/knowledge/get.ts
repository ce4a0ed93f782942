import { findArticle } from "@helpdesk/db";
import { expectArticle } from "@helpdesk/domain";
import { type Reading, countedFor } from "./reading.ts";
import { type Article, toArticle } from "./view.ts";

/** @throws RefusalError `article.not_found`. */
export async function get(
  { read, sight, now }: Reading,
  { articleId }: { articleId: string },
): Promise<Article> {
  const row = await findArticle.first(read, { articleId, ...countedFor(sight, now) });
  return toArticle(expectArticle(sight, row), sight);
}
