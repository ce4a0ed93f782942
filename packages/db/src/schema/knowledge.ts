import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  articleStates,
  textLimits,
  visibilities,
  type ArticleState,
  type Visibility,
} from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isText,
  mutable,
  oneOf,
  ownerReference,
  reference,
  rule,
} from "./columns.ts";
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

/** The current text of an article; internal ones are for agents only. */
export const kbArticles = pgTable(
  "kb_articles",
  {
    ...identity,
    categoryId: uuid("category_id").notNull(),
    slug: text("slug").notNull(),
    title: text("title").notNull(),
    summary: text("summary").notNull().default(""),
    body: text("body").notNull(),
    state: text("state").$type<ArticleState>().notNull(),
    visibility: text("visibility").$type<Visibility>().notNull(),
    authorId: uuid("author_id").notNull(),
    publishedAt: instant("published_at"),
    viewCount: integer("view_count").notNull().default(0),
    helpfulCount: integer("helpful_count").notNull().default(0),
    unhelpfulCount: integer("unhelpful_count").notNull().default(0),
    ...mutable,
  },
  (t) => [
    identityKey("kb_articles_pkey", t),
    reference("kb_articles_category_fk", t, t.categoryId, kbCategories),
    reference("kb_articles_author_fk", t, t.authorId, users),
    unique("kb_articles_slug_key").on(t.organizationId, t.slug),
    index("kb_articles_category_index").on(t.organizationId, t.categoryId, t.publishedAt),
    // What customers may see, newest last.
    index("kb_articles_public_index")
      .on(t.organizationId, t.publishedAt)
      .where(sql.raw("state = 'published' and visibility = 'public'")),
    isText("kb_articles_title_check", "title", textLimits.title),
    isText("kb_articles_body_check", "body", textLimits.body),
    rule("kb_articles_slug_check", SLUG),
    oneOf("kb_articles_state_check", "state", articleStates),
    oneOf("kb_articles_visibility_check", "visibility", visibilities),
    rule("kb_articles_published_check", "state <> 'published' or published_at is not null"),
    rule("kb_articles_count_check", "view_count >= 0 and helpful_count >= 0 and unhelpful_count >= 0"),
  ],
);

/** Append-only: every text an article has had. */
export const kbArticleVersions = pgTable(
  "kb_article_versions",
  {
    ...identity,
    articleId: uuid("article_id").notNull(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    body: text("body").notNull(),
    editedById: uuid("edited_by_id").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    identityKey("kb_article_versions_pkey", t),
    reference("kb_article_versions_article_fk", t, t.articleId, kbArticles, "cascade"),
    reference("kb_article_versions_edited_by_fk", t, t.editedById, users),
    unique("kb_article_versions_number_key").on(t.organizationId, t.articleId, t.number),
    rule("kb_article_versions_number_check", "number > 0"),
  ],
);

export const kbFeedback = pgTable(
  "kb_feedback",
  {
    ...identity,
    articleId: uuid("article_id").notNull(),
    userId: uuid("user_id").notNull(),
    isHelpful: boolean("is_helpful").notNull(),
    comment: text("comment"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    identityKey("kb_feedback_pkey", t),
    reference("kb_feedback_article_fk", t, t.articleId, kbArticles, "cascade"),
    reference("kb_feedback_user_fk", t, t.userId, users, "cascade"),
    // One voice each.
    unique("kb_feedback_user_key").on(t.organizationId, t.articleId, t.userId),
    index("kb_feedback_user_index").on(t.organizationId, t.userId),
  ],
);
