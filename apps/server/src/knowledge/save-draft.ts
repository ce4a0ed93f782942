import { draftArticle } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { changeArticle, textsOf } from "./change.ts";
import type { saveDraftInput } from "./input.ts";
import type { Article } from "./view.ts";

/** Goes on writing; what is read stays as it is. @throws RefusalError as `kbArticles.saveDraft` declares. */
export const saveDraft = (ctx: Context, input: z.output<typeof saveDraftInput>): Promise<Article> =>
  changeArticle(ctx, input, (article) => {
    const texts = textsOf(article);
    const before = texts.draft ?? texts.published!;
    const { title = before.title, summary = before.summary, body = before.body } = input;
    return { texts: draftArticle(texts, { title, summary, body }) };
  });
