import { type Instant, plusSeconds } from "@helpdesk/domain";
import type { kbArticles, kbArticleSlugs, kbArticleVersions, kbCategories } from "../schema/index.ts";
import { seededId } from "./ids.ts";
import type { SeededCategory } from "./knowledge.ts";

type CategoryRow = typeof kbCategories.$inferInsert;
type ArticleRow = typeof kbArticles.$inferInsert;
type SlugRow = typeof kbArticleSlugs.$inferInsert;
type VersionRow = typeof kbArticleVersions.$inferInsert;

export interface KnowledgeRows {
  categories: CategoryRow[];
  articles: ArticleRow[];
  slugs: SlugRow[];
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
  const rows: KnowledgeRows = { categories: [], articles: [], slugs: [], versions: [] };

  const add = (
    { articles = [], children = [], ...category }: SeededCategory,
    parentId: string | null,
    position: number,
  ) => {
    const categoryId = seededId(`${organizationId}/category/${category.slug}`);
    rows.categories.push({ ...mutable, ...category, id: categoryId, parentId, position });
    for (const { author, state = "published", visibility = "public", slug, ...text } of articles) {
      const id = seededId(`${organizationId}/article/${slug}`);
      const authorId = personId(author);
      const publishedAt = plusSeconds(at, 3600);
      const { title, summary, body } = text;
      const isPublished = state === "published";
      rows.articles.push({
        ...mutable,
        id,
        slug,
        categoryId,
        authorId,
        state,
        visibility,
        ...(isPublished
          ? { ...text, publishedAt, lastNumber: 1 }
          : {
              draftTitle: title,
              draftSummary: summary,
              draftBody: body,
              draftedById: authorId,
              draftedAt: at,
            }),
      });
      rows.slugs.push({ organizationId, slug, articleId: id });
      if (!isPublished) continue;
      const edited = { editedById: authorId, publishedById: authorId, createdAt: publishedAt };
      rows.versions.push({
        organizationId,
        id: seededId(`${id}/1`),
        articleId: id,
        number: 1,
        ...text,
        ...edited,
      });
    }
    for (const [index, child] of children.entries()) add(child, categoryId, index);
  };
  for (const [index, root] of roots.entries()) add(root, null, index);
  return rows;
}
