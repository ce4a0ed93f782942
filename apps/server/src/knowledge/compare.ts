import { type Reader, findArticleVersion } from "@helpdesk/db";
import { type ArticleText, type ArticleTexts, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import { textsOf } from "./change.ts";
import { type Difference, differenceOf } from "./difference.ts";
import type { compareInput } from "./input.ts";
import type { Reading } from "./reading.ts";
import { seenArticle } from "./seen-article.ts";

/** What changed between two versions, or what is read and what is written. @throws RefusalError as `kbArticles.compare` declares. */
export async function compare(
  { read, sight }: Reading,
  { articleId, from, to, by }: z.output<typeof compareInput>,
): Promise<Difference> {
  const texts = textsOf(await seenArticle(read, sight, articleId));
  const textOf = (side: typeof from) => sideOf(read, articleId, texts, side);
  return differenceOf(await textOf(from), await textOf(to), by);
}

async function sideOf(
  read: Reader,
  articleId: string,
  texts: ArticleTexts,
  side: number | "published" | "draft",
): Promise<ArticleText> {
  if (side === "draft") return texts.draft ?? refuse({ code: "article.no_draft" });
  if (side === "published") return texts.published ?? refuse({ code: "article.version_not_found" });
  return versionOf(read, articleId, side);
}

/** @throws RefusalError `article.version_not_found`. */
export const versionOf = async (read: Reader, articleId: string, number: number): Promise<ArticleText> =>
  (await findArticleVersion.first(read, { articleId, number })) ??
  refuse({ code: "article.version_not_found" });
