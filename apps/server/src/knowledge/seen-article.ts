import { type ArticleRow, type Reader, findHeldArticle } from "@helpdesk/db";
import { type ArticleSight, expectArticle } from "@helpdesk/domain";

/** An article that the reader may see. @throws RefusalError `article.not_found`. */
export const seenArticle = async (
  read: Reader,
  sight: ArticleSight,
  articleId: string,
): Promise<ArticleRow> => expectArticle(sight, await findHeldArticle.first(read, { articleId }));
