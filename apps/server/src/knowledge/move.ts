import { claimSlug, holdCategory } from "@helpdesk/db";
import { demand, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { changeArticle } from "./change.ts";
import type { moveInput } from "./input.ts";
import type { Article } from "./view.ts";

/** Puts an article in another category or under another address; old addresses lead to it. @throws RefusalError as `kbArticles.move` declares. */
export const move = (ctx: Context, input: z.output<typeof moveInput>): Promise<Article> =>
  changeArticle(ctx, input, async (article, unit) => {
    // Readers find it elsewhere from now on.
    if (article.state === "published") demand(ctx.actor, "kb.publish");
    const { categoryId = article.categoryId, slug = article.slug } = input;
    if (!(await holdCategory.first(unit, { categoryId }))) refuse({ code: "category.not_found" });
    if (!(await claimSlug.first(unit, { articleId: article.id, slug })))
      refuse({ code: "article.slug_taken" });
    return { categoryId, slug };
  });
