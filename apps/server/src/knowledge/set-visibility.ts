import { arrayLiteral, writeArticleDepartments } from "@helpdesk/db";
import { departmentOf, expectStillSeen } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { changeArticle } from "./change.ts";
import type { setVisibilityInput } from "./input.ts";
import type { Article } from "./view.ts";

/** Chooses whom an article is for. @throws RefusalError as `kbArticles.setVisibility` declares. */
export const setVisibility = (ctx: Context, input: z.output<typeof setVisibilityInput>): Promise<Article> =>
  changeArticle(ctx, input, async (article, unit) => {
    const { visibility, departmentIds } = input;
    for (const departmentId of departmentIds) departmentOf(ctx.desk, departmentId);
    expectStillSeen(ctx.actor, visibility, departmentIds);
    await writeArticleDepartments(unit, {
      articleId: article.id,
      departmentIds: arrayLiteral(departmentIds),
    });
    return { visibility };
  });
