import { sql } from "drizzle-orm";
import type { ArticleState, ArticleVisibility, Instant } from "@helpdesk/domain";
import { command, query } from "../../statement.ts";

/** Addresses of a JSON array that some article has or had. */
export const findSlugsNamed = query<{ slugs: string }, { slug: string }>(
  (p) => sql`
    select slug from kb_article_slugs where organization_id = ${p.organizationId}
      and slug = any(array(select jsonb_array_elements_text((${p.slugs}::text)::jsonb)))`,
);

/** Writes an article with the text that is read and the draft, as far as there are any. */
export const insertWholeArticle = command<
  {
    id: string;
    categoryId: string;
    slug: string;
    state: ArticleState;
    visibility: ArticleVisibility;
    authorId: string;
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
    createdAt: Instant;
    updatedAt: Instant;
  },
  never
>(
  (p) => sql`
    insert into kb_articles (organization_id, id, category_id, slug, state, visibility, author_id, title, summary, body,
      published_at, draft_title, draft_summary, draft_body, drafted_by_id, drafted_at, last_number, version, created_at,
      updated_at)
    values (${p.organizationId}, ${p.id}, ${p.categoryId}, ${p.slug}, ${p.state}, ${p.visibility}, ${p.authorId},
      ${p.title}, ${p.summary}, ${p.body}, ${p.publishedAt}, ${p.draftTitle}, ${p.draftSummary}, ${p.draftBody},
      ${p.draftedById}, ${p.draftedAt}, ${p.lastNumber}, 1, ${p.createdAt}, ${p.updatedAt})`,
);
