import { listArticleVersions } from "@helpdesk/db";
import { z } from "zod";
import { instantSchema, personSchema } from "../schemas.ts";
import type { versionsInput } from "./input.ts";
import type { Reading } from "./reading.ts";
import { seenArticle } from "./seen-article.ts";

export const versionsSchema = z.object({
  items: z.array(
    z.object({
      number: z.int(),
      title: z.string(),
      summary: z.string(),
      /** Why it was published; empty where nobody said. */
      reason: z.string(),
      editedBy: personSchema,
      publishedBy: personSchema,
      createdAt: instantSchema,
    }),
  ),
  /** What to ask for those before these by; null where there are none. */
  nextBefore: z.int().nullable(),
});

/** What an article was, each time it was published: the newest first. @throws RefusalError `article.not_found`. */
export async function versions(
  { read, sight }: Reading,
  { articleId, before, limit }: z.output<typeof versionsInput>,
): Promise<z.output<typeof versionsSchema>> {
  await seenArticle(read, sight, articleId);
  const rows = await listArticleVersions(read, { articleId, before, limit: limit + 1 });
  const items = rows.slice(0, limit);
  return { items, nextBefore: rows.length > limit ? items.at(-1)!.number : null };
}
