import { unpublishArticle } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Versioned, changeArticle, textsOf } from "./change.ts";
import type { Article } from "./view.ts";

/** Takes an article back: it is a draft again. @throws RefusalError as `kbArticles.unpublish` declares. */
export const unpublish = (ctx: Context, input: Versioned): Promise<Article> =>
  changeArticle(ctx, input, (article) => ({ texts: unpublishArticle(textsOf(article)) }));
