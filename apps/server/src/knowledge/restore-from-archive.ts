import { restoreArticle } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Versioned, changeArticle, textsOf } from "./change.ts";
import type { Article } from "./view.ts";

/** Fetches an article back, as a draft. @throws RefusalError as `kbArticles.restoreFromArchive` declares. */
export const restoreFromArchive = (ctx: Context, input: Versioned): Promise<Article> =>
  changeArticle(ctx, input, (article) => ({ texts: restoreArticle(textsOf(article)) }));
