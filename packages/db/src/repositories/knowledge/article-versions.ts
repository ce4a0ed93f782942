import { type SQL, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { type Params, command, query } from "../../statement.ts";

export interface VersionRow {
  number: number;
  title: string;
  summary: string;
  reason: string;
  editedBy: { id: string; name: string };
  publishedBy: { id: string; name: string };
  createdAt: Instant;
}

const person = (p: Params<unknown>, column: SQL): SQL => sql`(
  select jsonb_build_object('id', u.id, 'name', u.name) from users u
  where u.organization_id = ${p.organizationId} and u.id = ${column})`;

/** The newest first, before a number. */
export const listArticleVersions = query<{ articleId: string; before: number; limit: number }, VersionRow>(
  (p) => sql`
    select v.number, v.title, v.summary, v.reason, v.created_at as "createdAt",
      ${person(p, sql`v.edited_by_id`)} as "editedBy", ${person(p, sql`v.published_by_id`)} as "publishedBy"
    from kb_article_versions v
    where v.organization_id = ${p.organizationId} and v.article_id = ${p.articleId} and v.number < ${p.before}::int
    order by v.number desc limit ${p.limit}::int`,
);

/** The text of one version. */
export const findArticleVersion = query<
  { articleId: string; number: number },
  { title: string; summary: string; body: string }
>(
  (p) => sql`
    select title, summary, body from kb_article_versions
    where organization_id = ${p.organizationId} and article_id = ${p.articleId} and number = ${p.number}::int`,
);

export const insertArticleVersion = command<
  {
    id: string;
    articleId: string;
    number: number;
    title: string;
    summary: string;
    body: string;
    reason: string;
    editedById: string;
    publishedById: string;
    at: Instant;
  },
  never
>(
  (p) => sql`
    insert into kb_article_versions (organization_id, id, article_id, number, title, summary, body, reason, edited_by_id,
      published_by_id, created_at)
    values (${p.organizationId}, ${p.id}, ${p.articleId}, ${p.number}, ${p.title}, ${p.summary}, ${p.body}, ${p.reason},
      ${p.editedById}, ${p.publishedById}, ${p.at})`,
);
