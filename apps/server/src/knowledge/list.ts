import { listArticles, sightValues } from "@helpdesk/db";
import type { ArticleState } from "@helpdesk/domain";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import type { Reading } from "./reading.ts";
import { type ArticleSummary, toArticleSummary } from "./view.ts";

/** Articles, the newest first: what is published by its publishing, the rest by its last change. @throws RefusalError `cursor.invalid`. */
export async function list(
  { read, sight }: Reading,
  input: {
    state: ArticleState;
    categoryId?: string;
    hasDraft?: boolean;
    limit: number;
    cursor?: string | null;
  },
): Promise<{ items: ArticleSummary[]; nextCursor: string | null }> {
  const { state, categoryId = null, limit, cursor } = input;
  const order = `articles ${state}`;
  const after = cursor == null ? null : fromCursor(cursor, order);
  // For those who only read there are no drafts.
  if ((state !== "published" || input.hasDraft) && !sight.seesDrafts) return { items: [], nextCursor: null };
  const hasDraft = sight.seesDrafts ? (input.hasDraft ?? null) : null;
  const shape = { state, isInCategory: categoryId !== null, hasDraft, limit: fetchSize(limit) };
  const rows = await listArticles(shape)(read, {
    ...sightValues(sight),
    categoryId,
    afterAt: after?.value ?? null,
    afterId: after?.id ?? null,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const at = last && (state === "published" ? last.publishedAt! : last.updatedAt);
  return {
    items: page.map((row) => toArticleSummary(row, sight)),
    nextCursor: at && rows.length > limit ? toCursor({ order, value: at, id: last.id }) : null,
  };
}
