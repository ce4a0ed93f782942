import { findArticleBySlug } from "@helpdesk/db";
import { expectArticle } from "@helpdesk/domain";
import { type Reading, countedFor } from "./reading.ts";
import { type Article, toArticle } from "./view.ts";

/** An article by an address that it has or had: `slug` of the answer is where it stands now. @throws RefusalError `article.not_found`. */
export async function getBySlug({ read, sight, now }: Reading, { slug }: { slug: string }): Promise<Article> {
  const row = await findArticleBySlug.first(read, { slug, ...countedFor(sight, now) });
  return toArticle(expectArticle(sight, row), sight);
}
