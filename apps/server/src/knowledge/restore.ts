import { draftArticle } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { changeArticle, textsOf } from "./change.ts";
import { versionOf } from "./compare.ts";
import type { restoreInput } from "./input.ts";
import type { Article } from "./view.ts";

/** Makes an old version the draft; it is read when that is published. @throws RefusalError as `kbArticles.restore` declares. */
export const restore = (ctx: Context, input: z.output<typeof restoreInput>): Promise<Article> =>
  changeArticle(ctx, input, async (article, unit) => ({
    texts: draftArticle(textsOf(article), await versionOf(unit, article.id, input.number)),
  }));
