import { type SQL, sql } from "drizzle-orm";
import type { ArticleState, ArticleVisibility, Instant } from "@helpdesk/domain";
import { type Params, command, query } from "../../statement.ts";

/** An article as it is locked: the text that is read, and the one that is written. */
export interface ArticleRow {
  id: string;
  categoryId: string;
  slug: string;
  state: ArticleState;
  visibility: ArticleVisibility;
  departmentIds: string[];
  title: string | null;
  summary: string | null;
  body: string | null;
  publishedAt: Instant | null;
  draftTitle: string | null;
  draftSummary: string | null;
  draftBody: string | null;
  draftedById: string | null;
  draftedAt: Instant | null;
  lastNumber: number;
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

const columns = (organizationId: SQL | Params<unknown>["organizationId"]): SQL => sql`
  a.id, a.category_id as "categoryId", a.slug, a.state, a.visibility, a.title, a.summary, a.body,
  a.published_at as "publishedAt", a.draft_title as "draftTitle", a.draft_summary as "draftSummary",
  a.draft_body as "draftBody", a.drafted_by_id as "draftedById", a.drafted_at as "draftedAt",
  a.last_number as "lastNumber", a.version, a.created_at as "createdAt", a.updated_at as "updatedAt",
  array(select d.department_id::text from kb_article_departments d
    where d.organization_id = ${organizationId} and d.article_id = a.id order by 1) as "departmentIds"`;

/** An article with what else is shown of it. */
export interface ShownArticleRow extends ArticleRow {
  authorId: string;
  authorName: string;
  draftedByName: string | null;
  helpfulCount: number;
  unhelpfulCount: number;
  /** By how many it was read, counted once a day each. */
  viewCount: number;
}

const shown = (p: Params<Counted>): SQL => sql`
  ${columns(p.organizationId)}, a.author_id as "authorId", w.name as "authorName", e.name as "draftedByName",
  f.helpful as "helpfulCount", f.unhelpful as "unhelpfulCount",
  (select count(*)::int from kb_article_views v where ${p.isCounted}::boolean
    and v.organization_id = ${p.organizationId} and v.article_id = a.id and v.day > ${p.since}::date) as "viewCount"
  from kb_articles a
  join users w on w.organization_id = ${p.organizationId} and w.id = a.author_id
  left join users e on e.organization_id = ${p.organizationId} and e.id = a.drafted_by_id
  cross join lateral (
    select count(*) filter (where is_helpful)::int as helpful, count(*) filter (where not is_helpful)::int as unhelpful
    from kb_feedback k where ${p.isCounted}::boolean
      and k.organization_id = ${p.organizationId} and k.article_id = a.id) f`;

interface Counted {
  /** Whether words and views are counted, of which those who only read are told nothing; else none is. */
  isCounted: boolean;
  /** Views are counted after this day. */
  since: string;
}

/** Whether or not anybody may see it. */
export const findArticle = query<{ articleId: string } & Counted, ShownArticleRow>(
  (p) => sql`select ${shown(p)} where a.organization_id = ${p.organizationId} and a.id = ${p.articleId}`,
);

/** By an address that it has, or had once. */
export const findArticleBySlug = query<{ slug: string } & Counted, ShownArticleRow>(
  (p) => sql`select ${shown(p)} where a.organization_id = ${p.organizationId} and a.id = (
    select s.article_id from kb_article_slugs s where s.organization_id = ${p.organizationId} and s.slug = ${p.slug})`,
);

/** Nobody else changes it until the unit ends; who may see it is read with the lock held. */
export const holdArticle = command<{ articleId: string }, { id: string }>(
  (p) => sql`
    select id from kb_articles where organization_id = ${p.organizationId} and id = ${p.articleId} for update`,
);

export const findHeldArticle = query<{ articleId: string }, ArticleRow>(
  (p) => sql`
    select ${columns(p.organizationId)} from kb_articles a
    where a.organization_id = ${p.organizationId} and a.id = ${p.articleId}`,
);

/** A draft, under an address that is its id until it is named. */
export const insertArticle = command<
  {
    id: string;
    categoryId: string;
    visibility: ArticleVisibility;
    userId: string;
    title: string;
    summary: string;
    body: string;
    at: Instant;
  },
  never
>(
  (p) => sql`
    insert into kb_articles (organization_id, id, category_id, slug, state, visibility, author_id, draft_title,
      draft_summary, draft_body, drafted_by_id, drafted_at, version, created_at, updated_at)
    values (${p.organizationId}, ${p.id}, ${p.categoryId}, ${p.id}::text, 'draft', ${p.visibility}, ${p.userId}, ${p.title},
      ${p.summary}, ${p.body}, ${p.userId}, ${p.at}, 1, ${p.at}, ${p.at})`,
);

/** Gives a new article the address that it has claimed. */
export const nameArticle = command<{ articleId: string; slug: string }, never>(
  (p) => sql`
    update kb_articles set slug = ${p.slug}
    where organization_id = ${p.organizationId} and id = ${p.articleId}`,
);

type ChangedColumns = Omit<ArticleRow, "departmentIds" | "version" | "createdAt" | "updatedAt">;

/** Writes a locked article as it is to be. */
export const updateArticle = command<ChangedColumns & { at: Instant }, never>(
  (p) => sql`
    update kb_articles set category_id = ${p.categoryId}, slug = ${p.slug}, state = ${p.state},
      visibility = ${p.visibility}, title = ${p.title}, summary = ${p.summary}, body = ${p.body},
      published_at = ${p.publishedAt}, draft_title = ${p.draftTitle}, draft_summary = ${p.draftSummary},
      draft_body = ${p.draftBody}, drafted_by_id = ${p.draftedById}, drafted_at = ${p.draftedAt},
      last_number = ${p.lastNumber}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id}`,
);

/** Makes an address the article's; no row where another article has or had it. */
export const claimSlug = command<{ articleId: string; slug: string }, { slug: string }>(
  (p) => sql`
    insert into kb_article_slugs as s (organization_id, slug, article_id)
    values (${p.organizationId}, ${p.slug}, ${p.articleId})
    on conflict (organization_id, slug) do update set article_id = excluded.article_id
      where s.article_id = excluded.article_id
    returning s.slug`,
);

/** Those of the addresses `slug` and `slug-…` that some article has or had. */
export const listTakenSlugs = query<{ slug: string }, { slug: string }>(
  (p) => sql`
    select slug from kb_article_slugs where organization_id = ${p.organizationId}
      and (slug = ${p.slug} or (slug >= ${p.slug} || '-' and slug < ${p.slug} || '.'))`,
);

/** Makes these departments (an array literal) the article's. */
export const writeArticleDepartments = command<{ articleId: string; departmentIds: string }, never>(
  (p) => sql`
    with gone as (
      delete from kb_article_departments where organization_id = ${p.organizationId}
        and article_id = ${p.articleId} and department_id <> all(${p.departmentIds}::uuid[]))
    insert into kb_article_departments (organization_id, article_id, department_id)
    select ${p.organizationId}::uuid, ${p.articleId}::uuid, id from unnest(${p.departmentIds}::uuid[]) id
    on conflict do nothing`,
);
