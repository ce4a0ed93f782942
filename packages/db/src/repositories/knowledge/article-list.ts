import { sql } from "drizzle-orm";
import type { ArticleState, ArticleVisibility, Instant } from "@helpdesk/domain";
import { query, shaped } from "../../statement.ts";
import { type SightValues, isInSight } from "./sight.ts";

/** An article without its body, for lists. Its text is the one that is read, or else the draft. */
export interface ArticleSummaryRow {
  id: string;
  categoryId: string;
  slug: string;
  title: string;
  summary: string;
  state: ArticleState;
  visibility: ArticleVisibility;
  hasDraft: boolean;
  publishedAt: Instant | null;
  updatedAt: Instant;
  version: number;
}

export const articleSummary = sql.raw(`
  a.id, a.category_id as "categoryId", a.slug, coalesce(a.title, a.draft_title) as title,
  coalesce(a.summary, a.draft_summary) as summary, a.state, a.visibility, a.draft_title is not null as "hasDraft",
  a.published_at as "publishedAt", a.updated_at as "updatedAt", a.version`);

export interface ArticleListShape {
  state: ArticleState;
  /** Whether only those of one category and what stands in it are asked for. */
  isInCategory: boolean;
  /** Null whether or not something is written of them that is not published. */
  hasDraft: boolean | null;
  limit: number;
}

export interface ArticleListValues extends SightValues {
  categoryId: string | null;
  afterAt: Instant | null;
  afterId: string | null;
}

const lists = shaped((key: string) => {
  const { state, isInCategory, hasDraft, limit } = JSON.parse(key) as ArticleListShape;
  // What readers see is in the order it was published, what is written on in that of the last stroke.
  const at = sql.raw(state === "published" ? "a.published_at" : "a.updated_at");
  return query<ArticleListValues, ArticleSummaryRow>(
    (p) => sql`
      ${
        isInCategory
          ? sql`with recursive shelf (id) as (
              select c.id from kb_categories c where c.organization_id = ${p.organizationId} and c.id = ${p.categoryId}
              union select c.id from shelf join kb_categories c
                on c.organization_id = ${p.organizationId} and c.parent_id = shelf.id)`
          : sql``
      }
      select ${articleSummary} from kb_articles a
      where a.organization_id = ${p.organizationId} and a.state = ${sql.raw(`'${state}'`)} and ${isInSight(p)}
        ${isInCategory ? sql`and a.category_id in (select id from shelf)` : sql``}
        ${hasDraft === null ? sql`` : sql.raw(`and a.draft_title is ${hasDraft ? "not " : ""}null`)}
        and (${p.afterAt}::timestamptz is null or (${at}, a.id) < (${p.afterAt}::timestamptz, ${p.afterId}::uuid))
      order by ${at} desc, a.id desc limit ${sql.raw(String(limit))}`,
  );
});

/** The statement for a list of this shape: articles that are for the reader, the newest first. */
export const listArticles = (shape: ArticleListShape) => lists(JSON.stringify(shape));
