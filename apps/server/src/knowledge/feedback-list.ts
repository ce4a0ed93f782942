import { listFeedback } from "@helpdesk/db";
import { z } from "zod";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { idSchema, instantSchema, pageOf, personSchema } from "../schemas.ts";
import type { feedbackListInput } from "./input.ts";
import type { Reading } from "./reading.ts";
import { seenArticle } from "./seen-article.ts";

export const feedbackPage = pageOf(
  z.object({
    id: idSchema,
    isHelpful: z.boolean(),
    comment: z.string().nullable(),
    /** Null where nobody was signed in. */
    reader: personSchema.nullable(),
    updatedAt: instantSchema,
  }),
);

const ORDER = "feedback";

/** What readers say of an article, the newest first. @throws RefusalError `article.not_found`, `cursor.invalid`. */
export async function feedbackList(
  { read, sight }: Reading,
  { articleId, cursor, limit }: z.output<typeof feedbackListInput>,
): Promise<z.output<typeof feedbackPage>> {
  const after = cursor == null ? null : fromCursor(cursor, ORDER);
  await seenArticle(read, sight, articleId);
  const values = { afterAt: after?.value ?? null, afterId: after?.id ?? null, limit: fetchSize(limit) };
  const rows = await listFeedback(read, { articleId, ...values });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const isMore = last !== undefined && rows.length > limit;
  return {
    items,
    nextCursor: isMore ? toCursor({ order: ORDER, value: last.updatedAt, id: last.id }) : null,
  };
}
