import type { ArticleRow } from "@helpdesk/db";
import type { Reading } from "./reading.ts";
import { seenArticle } from "./seen-article.ts";

/** An article that the reader may read as a reader, whatever else they may. @throws RefusalError `article.not_found`. */
export const publishedArticle = (
  { read, sight }: Pick<Reading, "read" | "sight">,
  articleId: string,
): Promise<ArticleRow> => seenArticle(read, { ...sight, seesDrafts: false }, articleId);
