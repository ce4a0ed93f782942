import type { ArticleSummaryRow, ShownArticleRow } from "@helpdesk/db";
import { type ArticleSight, articleStates, articleVisibilities } from "@helpdesk/domain";
import { z } from "zod";
import { rendered } from "../markdown/rendered.ts";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

export const articleSummarySchema = z.object({
  id: idSchema,
  categoryId: idSchema,
  /** Its address now; those it had before lead to it too. */
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  state: z.enum(articleStates),
  visibility: z.enum(articleVisibilities),
  publishedAt: instantSchema.nullable(),
  /** For those who only read: when it was published. */
  updatedAt: instantSchema,
  /** Whether something is written that is not published. Only writers are told. */
  hasDraft: z.boolean(),
  /** What a change has to name; null for those who only read. */
  version: z.int().nullable(),
});
export type ArticleSummary = z.output<typeof articleSummarySchema>;

export function toArticleSummary(row: ArticleSummaryRow, { seesDrafts }: ArticleSight): ArticleSummary {
  const { id, categoryId, slug, title, summary, state, visibility, publishedAt } = row;
  const { updatedAt, hasDraft, version } = row;
  return {
    id,
    categoryId,
    slug,
    title,
    summary,
    state,
    visibility,
    publishedAt,
    ...(seesDrafts
      ? { updatedAt, hasDraft, version }
      : { updatedAt: publishedAt ?? updatedAt, hasDraft: false, version: null }),
  };
}

const textSchema = z.object({ title: z.string(), summary: z.string(), body: z.string(), html: z.string() });

export const articleSchema = articleSummarySchema.extend({
  /** Markdown. Of an article that was never published, or is no more, the draft. */
  body: z.string(),
  /** The body as HTML that is safe to show. */
  html: z.string(),
  /** What only writers see of it; null for those who only read. */
  writing: z
    .object({
      author: personSchema,
      /** Whose it is, where it is for departments. */
      departmentIds: z.array(idSchema),
      draft: textSchema.extend({ editedBy: personSchema, editedAt: instantSchema }).nullable(),
      /** The number of its last version; 0 before the first. */
      lastNumber: z.int(),
      helpfulCount: z.int(),
      unhelpfulCount: z.int(),
      /** How many read it within thirty days, each counted once a day. */
      viewCount: z.int(),
    })
    .nullable(),
});
export type Article = z.output<typeof articleSchema>;

export async function toArticle(row: ShownArticleRow, sight: ArticleSight): Promise<Article> {
  const title = row.title ?? row.draftTitle!;
  const summary = row.summary ?? row.draftSummary!;
  const body = row.body ?? row.draftBody!;
  return {
    ...toArticleSummary({ ...row, title, summary, hasDraft: row.draftTitle !== null }, sight),
    body,
    html: await rendered(body),
    writing: sight.seesDrafts ? await writingOf(row) : null,
  };
}

async function writingOf(row: ShownArticleRow): Promise<Article["writing"]> {
  const { departmentIds, lastNumber, helpfulCount, unhelpfulCount, viewCount } = row;
  return {
    departmentIds,
    lastNumber,
    helpfulCount,
    unhelpfulCount,
    viewCount,
    author: { id: row.authorId, name: row.authorName },
    draft:
      row.draftTitle === null
        ? null
        : {
            title: row.draftTitle,
            summary: row.draftSummary!,
            body: row.draftBody!,
            html: await rendered(row.draftBody!),
            editedBy: { id: row.draftedById!, name: row.draftedByName! },
            editedAt: row.draftedAt!,
          },
  };
}

export const categorySchema = z.object({
  id: idSchema,
  parentId: idSchema.nullable(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  /** Among those of the same parent: the smaller stands first. */
  position: z.int(),
  version: z.int(),
  updatedAt: instantSchema,
});

export const shelfSchema = categorySchema.extend({
  /** 0 for a root. */
  depth: z.int(),
  /** Published articles in it that the reader may see; those below it are counted there. */
  articleCount: z.int(),
});
export type TreeShelf = z.output<typeof shelfSchema>;
