import { insertArticleVersion } from "@helpdesk/db";
import { publishArticle } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { changeArticle, textsOf } from "./change.ts";
import type { publishInput } from "./input.ts";
import type { Article } from "./view.ts";

/** Has the draft read, and keeps it as a version. @throws RefusalError as `kbArticles.publish` declares. */
export const publish = (ctx: Context, input: z.output<typeof publishInput>): Promise<Article> =>
  changeArticle(ctx, input, async (article, unit) => {
    const texts = publishArticle(textsOf(article));
    const number = article.lastNumber + 1;
    await insertArticleVersion(unit, {
      id: ctx.newId(),
      articleId: article.id,
      number,
      ...texts.published,
      reason: input.reason,
      editedById: article.draftedById!,
      publishedById: ctx.actor.userId,
      at: ctx.now,
    });
    return { texts, number };
  });
