import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { recordset } from "../../sql.ts";
import { command, query } from "../../statement.ts";
import { type SightValues, isInSight } from "./sight.ts";

export interface CategoryRow {
  id: string;
  parentId: string | null;
  slug: string;
  name: string;
  description: string;
  position: number;
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(
  `c.id, c.parent_id as "parentId", c.slug, c.name, c.description, c.position, c.version, c.updated_at as "updatedAt"`,
);

/** All categories, siblings in their order, each with how many published articles the reader sees in it. */
export const listCategories = query<SightValues, CategoryRow & { articleCount: number }>(
  (p) => sql`
    select ${columns}, (
      select count(*)::int from kb_articles a
      where a.organization_id = ${p.organizationId} and a.category_id = c.id and a.state = 'published'
        and ${isInSight(p)}) as "articleCount"
    from kb_categories c where c.organization_id = ${p.organizationId} order by c.position, c.id`,
);

/** All categories: nobody else changes, adds to or deletes them until the unit ends. */
export const lockCategories = command<Record<never, never>, CategoryRow>(
  (p) => sql`
    select ${columns} from kb_categories c where c.organization_id = ${p.organizationId} order by c.id for update`,
);

/** One that stays until the unit ends. */
export const holdCategory = command<{ categoryId: string }, { id: string }>(
  (p) => sql`
    select id from kb_categories
    where organization_id = ${p.organizationId} and id = ${p.categoryId} for key share`,
);

interface CategoryValues {
  id: string;
  slug: string;
  name: string;
  description: string;
  at: Instant;
}

export const insertCategory = command<
  CategoryValues & { parentId: string | null; position: number },
  CategoryRow
>(
  (p) => sql`
    insert into kb_categories as c (organization_id, id, parent_id, slug, name, description, position, version,
      created_at, updated_at)
    values (${p.organizationId}, ${p.id}, ${p.parentId}, ${p.slug}, ${p.name}, ${p.description}, ${p.position}, 1,
      ${p.at}, ${p.at})
    returning ${columns}`,
);

export const updateCategory = command<CategoryValues, CategoryRow>(
  (p) => sql`
    update kb_categories c set slug = ${p.slug}, name = ${p.name}, description = ${p.description},
      version = version + 1, updated_at = ${p.at}
    where c.organization_id = ${p.organizationId} and c.id = ${p.id}
    returning ${columns}`,
);

/** Puts categories (a JSON array of id, parentId and position) where they are to stand; only the one that is moved has changed. */
export const placeCategories = command<{ shelves: string; movedId: string; at: Instant }, CategoryRow>(
  (p) => sql`
    update kb_categories c set parent_id = r."parentId", position = r.position,
      version = c.version + case when c.id = ${p.movedId}::uuid then 1 else 0 end,
      updated_at = case when c.id = ${p.movedId}::uuid then ${p.at}::timestamptz else c.updated_at end
    from ${recordset(p.shelves, 'id uuid, "parentId" uuid, position int')}
    where c.organization_id = ${p.organizationId} and c.id = r.id
    returning ${columns}`,
);

/** Deletes a locked category that has nothing in it; no row where it has. */
export const deleteEmptyCategory = command<{ categoryId: string }, { id: string }>(
  (p) => sql`
    delete from kb_categories c where c.organization_id = ${p.organizationId} and c.id = ${p.categoryId}
      and not exists (select from kb_categories k
        where k.organization_id = ${p.organizationId} and k.parent_id = ${p.categoryId})
      and not exists (select from kb_articles a
        where a.organization_id = ${p.organizationId} and a.category_id = ${p.categoryId})
    returning id`,
);
