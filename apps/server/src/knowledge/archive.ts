import { archiveArticle } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Versioned, changeArticle, textsOf } from "./change.ts";
import type { Article } from "./view.ts";

/** Puts an article away; all of it stays. @throws RefusalError as `kbArticles.archive` declares. */
export const archive = (ctx: Context, input: Versioned): Promise<Article> =>
  changeArticle(ctx, input, (article) => ({ texts: archiveArticle(textsOf(article)) }));
