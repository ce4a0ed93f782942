import { type Instant, plusSeconds } from "@helpdesk/domain";
import type { kbArticles, kbArticleVersions, kbCategories } from "../schema/index.ts";
import { seededId } from "./ids.ts";
import type { SeededCategory } from "./knowledge.ts";

type CategoryRow = typeof kbCategories.$inferInsert;
type ArticleRow = typeof kbArticles.$inferInsert;
type VersionRow = typeof kbArticleVersions.$inferInsert;

export interface KnowledgeRows {
  categories: CategoryRow[];
  articles: ArticleRow[];
  versions: VersionRow[];
}

/** A knowledge base as rows, parents before their children. */
export function knowledgeRows(
  roots: readonly SeededCategory[],
  organizationId: string,
  personId: (who: string) => string,
  at: Instant,
): KnowledgeRows {
  const mutable = { organizationId, createdAt: at, updatedAt: at };
  const rows: KnowledgeRows = { categories: [], articles: [], versions: [] };

  const add = (
    { articles = [], children = [], ...category }: SeededCategory,
    parentId: string | null,
    position: number,
  ) => {
    const categoryId = seededId(`${organizationId}/category/${category.slug}`);
    rows.categories.push({ ...mutable, ...category, id: categoryId, parentId, position });
    for (const { author, state = "published", visibility = "public", ...article } of articles) {
      const id = seededId(`${organizationId}/article/${article.slug}`);
      const authorId = personId(author);
      const publishedAt = state === "published" ? plusSeconds(at, 3600) : null;
      rows.articles.push({
        ...mutable,
        ...article,
        id,
        categoryId,
        authorId,
        state,
        visibility,
        publishedAt,
      });
      rows.versions.push({
        organizationId,
        id: seededId(`${id}/1`),
        articleId: id,
        number: 1,
        title: article.title,
        body: article.body,
        editedById: authorId,
        createdAt: at,
      });
    }
    for (const [index, child] of children.entries()) add(child, categoryId, index);
  };
  for (const [index, root] of roots.entries()) add(root, null, index);
  return rows;
}
