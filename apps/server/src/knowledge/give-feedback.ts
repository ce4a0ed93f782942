import { writeFeedback } from "@helpdesk/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { feedbackInput } from "./input.ts";
import { readingOf } from "./reading.ts";
import { publishedArticle } from "./published-article.ts";

/** Says whether an article helped; said again, the last word counts. @throws RefusalError `article.not_found`. */
export const giveFeedback = (ctx: Context, input: z.output<typeof feedbackInput>): Promise<null> =>
  ctx.transact(async (unit) => {
    await publishedArticle({ ...readingOf(ctx), read: unit }, input.articleId);
    await writeFeedback(unit, { ...input, id: ctx.newId(), userId: ctx.actor.userId, at: ctx.now });
    return null;
  });
