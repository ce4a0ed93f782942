import { sql } from "drizzle-orm";
import { recordset } from "../../sql.ts";
import { command } from "../../statement.ts";

export const slugTable = "kb_article_slugs";

/**
 * Writes addresses that articles had, and tells how many: of two that come to be the same one goes, for one leads to the
 * article.
 */
export const replaceSlugs = command<{ rows: string }, { count: number }>(
  (p) => sql`
    with renamed as (
      select r.old ->> 'slug' as old, r.slug from ${recordset(p.rows, "old jsonb, slug text")}
      join kb_article_slugs t on t.organization_id = ${p.organizationId} and t.slug = r.old ->> 'slug'),
    kept as (
      select distinct on (r.slug) r.old, r.slug from renamed r where not exists (
        select from kb_article_slugs x where x.organization_id = ${p.organizationId} and x.slug = r.slug)
      order by r.slug, r.old),
    gone as (
      delete from kb_article_slugs t using renamed r
      where t.organization_id = ${p.organizationId} and t.slug = r.old and r.old not in (select old from kept)
      returning 1),
    changed as (
      update kb_article_slugs t set slug = kept.slug from kept
      where t.organization_id = ${p.organizationId} and t.slug = kept.old returning 1)
    select ((select count(*) from gone) + (select count(*) from changed))::int as count`,
);
