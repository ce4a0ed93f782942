import { sql } from "drizzle-orm";
import { boolean, date, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  articleStates,
  articleVisibilities,
  textLimits,
  type ArticleState,
  type ArticleVisibility,
} from "@helpdesk/domain";
import {
  ginOptions,
  identity,
  identityKey,
  instant,
  isHash,
  isText,
  mutable,
  oneOf,
  ownerReference,
  reference,
  rule,
  tenant,
  textVector,
} from "./columns.ts";
import { departments } from "./departments.ts";
import { organizations } from "./organizations.ts";
import { users } from "./users.ts";

const SLUG = "slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'";

/** A tree: a category without parent is a root. */
export const kbCategories = pgTable(
  "kb_categories",
  {
    ...identity,
    parentId: uuid("parent_id"),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    position: integer("position").notNull().default(0),
    ...mutable,
  },
  (t) => [
    identityKey("kb_categories_pkey", t),
    ownerReference("kb_categories_organization_fk", t, organizations),
    // No cascade: a category with anything in it is not deleted by accident.
    reference("kb_categories_parent_fk", t, t.parentId, t),
    unique("kb_categories_slug_key").on(t.organizationId, t.slug),
    index("kb_categories_parent_index").on(t.organizationId, t.parentId, t.position),
    isText("kb_categories_name_check", "name", textLimits.name),
    rule("kb_categories_slug_check", SLUG),
    rule("kb_categories_parent_check", "parent_id <> id"),
  ],
);

/** Words of titles (A), summaries (B) and bodies (C); what is between them is no word, so that no phrase bridges it. */
const SEARCH = ["title:A", "summary:B", "body:C"]
  .map((part) => {
    const [column, weight] = part.split(":");
    return `setweight(to_tsvector('simple', search_words(coalesce(${column}, ''))), '${weight}')`;
  })
  .join(` || '''|'':1'::tsvector || `);

/** An article: the text that is read, and beside it the one that is being written. */
export const kbArticles = pgTable(
  "kb_articles",
  {
    ...identity,
    categoryId: uuid("category_id").notNull(),
    /** Where it stands now; `kb_article_slugs` has this one and all it had before. */
    slug: text("slug").notNull(),
    state: text("state").$type<ArticleState>().notNull(),
    visibility: text("visibility").$type<ArticleVisibility>().notNull(),
    authorId: uuid("author_id").notNull(),
    /** What readers read while it is published; all three or none. */
    title: text("title"),
    summary: text("summary"),
    body: text("body"),
    publishedAt: instant("published_at"),
    /** What the next publishing makes of it; all five or none. */
    draftTitle: text("draft_title"),
    draftSummary: text("draft_summary"),
    draftBody: text("draft_body"),
    draftedById: uuid("drafted_by_id"),
    draftedAt: instant("drafted_at"),
    /** The number of its last version; 0 where it was never published. */
    lastNumber: integer("last_number").notNull().default(0),
    search: textVector("search").generatedAlwaysAs(sql.raw(SEARCH)),
    ...mutable,
  },
  (t) => [
    identityKey("kb_articles_pkey", t),
    reference("kb_articles_category_fk", t, t.categoryId, kbCategories),
    reference("kb_articles_author_fk", t, t.authorId, users),
    reference("kb_articles_drafted_by_fk", t, t.draftedById, users),
    unique("kb_articles_slug_key").on(t.organizationId, t.slug),
    index("kb_articles_category_index").on(t.organizationId, t.categoryId, t.state),
    index("kb_articles_published_index").on(t.organizationId, t.state, t.publishedAt, t.id),
    index("kb_articles_updated_index").on(t.organizationId, t.state, t.updatedAt, t.id),
    index("kb_articles_search_index")
      .using("gin", t.organizationId, t.search)
      .with(ginOptions)
      .where(sql.raw("state = 'published'")),
    isText("kb_articles_title_check", "title", textLimits.title),
    isText("kb_articles_body_check", "body", textLimits.body),
    isText("kb_articles_draft_title_check", "draft_title", textLimits.title),
    isText("kb_articles_draft_body_check", "draft_body", textLimits.body),
    rule("kb_articles_slug_check", SLUG),
    oneOf("kb_articles_state_check", "state", articleStates),
    oneOf("kb_articles_visibility_check", "visibility", articleVisibilities),
    rule(
      "kb_articles_text_check",
      "num_nonnulls(title, summary, body, published_at) in (0, 4) and num_nonnulls(draft_title, draft_summary, draft_body, drafted_by_id, drafted_at) in (0, 5)",
    ),
    // What is published has a text that is read; what is a draft has none.
    rule(
      "kb_articles_published_check",
      "case state when 'published' then title is not null when 'draft' then title is null and draft_title is not null else coalesce(title, draft_title) is not null end",
    ),
    rule("kb_articles_number_check", "last_number >= 0 and (title is null or last_number > 0)"),
  ],
);

/** Every address an article has or had: old ones lead to it for good. */
export const kbArticleSlugs = pgTable(
  "kb_article_slugs",
  {
    ...tenant,
    slug: text("slug").notNull(),
    articleId: uuid("article_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "kb_article_slugs_pkey", columns: [t.organizationId, t.slug] }),
    // A part of its article.
    reference("kb_article_slugs_article_fk", t, t.articleId, kbArticles, "cascade"),
    index("kb_article_slugs_article_index").on(t.organizationId, t.articleId),
    rule("kb_article_slugs_slug_check", SLUG),
  ],
);

/** Whose an article is that is for some departments only. */
export const kbArticleDepartments = pgTable(
  "kb_article_departments",
  {
    ...tenant,
    articleId: uuid("article_id").notNull(),
    departmentId: uuid("department_id").notNull(),
  },
  (t) => [
    primaryKey({
      name: "kb_article_departments_pkey",
      columns: [t.organizationId, t.articleId, t.departmentId],
    }),
    // A part of its article.
    reference("kb_article_departments_article_fk", t, t.articleId, kbArticles, "cascade"),
    reference("kb_article_departments_department_fk", t, t.departmentId, departments),
  ],
);

/** Append-only: every text that was published, by its number. */
export const kbArticleVersions = pgTable(
  "kb_article_versions",
  {
    ...identity,
    articleId: uuid("article_id").notNull(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    summary: text("summary").notNull(),
    body: text("body").notNull(),
    /** Why it was published; empty where nobody said. */
    reason: text("reason").notNull().default(""),
    editedById: uuid("edited_by_id").notNull(),
    publishedById: uuid("published_by_id").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    identityKey("kb_article_versions_pkey", t),
    reference("kb_article_versions_article_fk", t, t.articleId, kbArticles, "cascade"),
    reference("kb_article_versions_edited_by_fk", t, t.editedById, users),
    reference("kb_article_versions_published_by_fk", t, t.publishedById, users),
    unique("kb_article_versions_number_key").on(t.organizationId, t.articleId, t.number),
    rule("kb_article_versions_number_check", "number > 0"),
  ],
);

/** Whether an article helped: one word a person, or a network where nobody is signed in. */
export const kbFeedback = pgTable(
  "kb_feedback",
  {
    ...identity,
    articleId: uuid("article_id").notNull(),
    userId: uuid("user_id"),
    /** Of the network that somebody unknown wrote from, under the process's secret. */
    networkHash: text("network_hash"),
    isHelpful: boolean("is_helpful").notNull(),
    comment: text("comment"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    identityKey("kb_feedback_pkey", t),
    reference("kb_feedback_article_fk", t, t.articleId, kbArticles, "cascade"),
    reference("kb_feedback_user_fk", t, t.userId, users, "cascade"),
    // One word each.
    unique("kb_feedback_user_key").on(t.organizationId, t.articleId, t.userId),
    unique("kb_feedback_network_key").on(t.organizationId, t.articleId, t.networkHash),
    index("kb_feedback_user_index").on(t.organizationId, t.userId),
    index("kb_feedback_article_index").on(t.organizationId, t.articleId, t.updatedAt, t.id),
    isHash("kb_feedback_network_check", "network_hash"),
    rule("kb_feedback_reader_check", "num_nonnulls(user_id, network_hash) = 1"),
    rule("kb_feedback_comment_check", "length(comment) between 1 and 2000"),
  ],
);

/** That somebody read an article on a day (of UTC): once each, kept for thirty days. */
export const kbArticleViews = pgTable(
  "kb_article_views",
  {
    ...tenant,
    articleId: uuid("article_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    /** Of the person or the network, under the process's secret. */
    readerHash: text("reader_hash").notNull(),
  },
  (t) => [
    primaryKey({
      name: "kb_article_views_pkey",
      columns: [t.organizationId, t.articleId, t.day, t.readerHash],
    }),
    index("kb_article_views_day_index").on(t.day),
    // A part of its article.
    reference("kb_article_views_article_fk", t, t.articleId, kbArticles, "cascade"),
    isHash("kb_article_views_reader_check", "reader_hash"),
  ],
);
