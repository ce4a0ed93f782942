import { discardDraft as withoutDraft } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Versioned, changeArticle, textsOf } from "./change.ts";
import type { Article } from "./view.ts";

/** Throws away what is written; what is read stays. @throws RefusalError as `kbArticles.discardDraft` declares. */
export const discardDraft = (ctx: Context, input: Versioned): Promise<Article> =>
  changeArticle(ctx, input, (article) => ({ texts: withoutDraft(textsOf(article)) }));
