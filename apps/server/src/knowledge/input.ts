import {
  articleStates,
  articleVisibilities,
  maxSlugLength,
  maxSearchTerms,
  parseSearch,
} from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, lineText, pageInput, requiredText, safeText, versionSchema } from "../schemas.ts";

/** An address: lower case letters, digits and hyphens. */
export const slugSchema = safeText(maxSlugLength).regex(/^[a-z0-9][a-z0-9-]*$/);

/** The name of an organization in addresses. */
export const organizationSlug = safeText(100).trim().toLowerCase();

const text = {
  title: lineText(300),
  summary: safeText(500).trim(),
  /** Markdown. */
  body: requiredText(100_000),
};

const versioned = { articleId: idSchema, version: versionSchema };
export const versionedInput = z.strictObject(versioned);

const audience = {
  visibility: z.enum(articleVisibilities),
  /** Whose article it is, where it is for departments; else none. */
  departmentIds: z.array(idSchema).max(50).default([]),
};
const isWhole = ({ visibility, departmentIds }: { visibility: string; departmentIds: string[] }) =>
  (visibility === "departments") === departmentIds.length > 0;
const WHOLE = {
  error: "names departments where it is for departments, and only there",
  path: ["departmentIds"],
};

export const createInput = z
  .strictObject({
    ...text,
    summary: text.summary.default(""),
    categoryId: idSchema,
    /** Made of the title where it is left out. */
    slug: slugSchema.optional(),
    ...audience,
    visibility: audience.visibility.default("public"),
  })
  .refine(isWhole, WHOLE);
export type CreateInput = z.output<typeof createInput>;

/** What is left out stays as it was. */
export const saveDraftInput = z.strictObject({ ...versioned, ...z.strictObject(text).partial().shape });

export const publishInput = z.strictObject({
  ...versioned,
  /** Why, for those who read the versions. */
  reason: safeText(500).trim().default(""),
});

export const moveInput = z.strictObject({
  ...versioned,
  categoryId: idSchema.optional(),
  slug: slugSchema.optional(),
});

export const setVisibilityInput = z.strictObject({ ...versioned, ...audience }).refine(isWhole, WHOLE);

export const restoreInput = z.strictObject({ ...versioned, number: z.int().min(1).max(1_000_000) });

export const articleInput = z.strictObject({ articleId: idSchema });
export const slugInput = z.strictObject({ slug: slugSchema });

const listed = { categoryId: idSchema.optional(), ...pageInput };
/** Of a category, what stands in it too. */
export const listInput = z.strictObject({
  ...listed,
  /** Readers who do not write find what is published only. */
  state: z.enum(articleStates).default("published"),
  /** Whether something is written of them that is not published. */
  hasDraft: z.boolean().optional(),
});
export const publicListInput = z.strictObject({ organization: organizationSlug, ...listed });

export const versionsInput = z.strictObject({
  articleId: idSchema,
  limit: z.int().min(1).max(100).default(50),
  /** Those before this number. */
  before: z.int().min(1).max(2_147_483_647).default(2_147_483_647),
});

/** A version by its number, what is read now, or what is written. */
const side = z.union([z.int().min(1).max(1_000_000), z.enum(["published", "draft"])]);
export const compareInput = z.strictObject({
  articleId: idSchema,
  from: side,
  to: side,
  by: z.enum(["words", "lines"]).default("words"),
});

const word = { isHelpful: z.boolean(), comment: requiredText(2_000).nullable().default(null) };
export const feedbackInput = z.strictObject({ articleId: idSchema, ...word });
export const publicFeedbackInput = z.strictObject({
  organization: organizationSlug,
  articleId: idSchema,
  ...word,
});
export const feedbackListInput = z.strictObject({ articleId: idSchema, ...pageInput });

const search = {
  /** Words, "phrases", prefix*, -excluded words; the last word may go on. */
  query: safeText(500).refine(
    (query) => parseSearch(query).terms.length <= maxSearchTerms,
    `has more than ${maxSearchTerms} words`,
  ),
  cursor: safeText(2_000).nullish(),
  limit: z.int().min(1).max(50).default(20),
};
export const searchInput = z.strictObject(search);
export const publicSearchInput = z.strictObject({ organization: organizationSlug, ...search });
export type SearchInput = z.output<typeof searchInput>;

/** A text that asks for help, or a ticket that does: one of them. */
export const suggestInput = z
  .strictObject({ text: safeText(20_000).optional(), ticketId: idSchema.optional() })
  .refine(
    ({ text, ticketId }) => (text === undefined) !== (ticketId === undefined),
    "has a text or a ticket",
  );
export const publicSuggestInput = z.strictObject({ organization: organizationSlug, text: safeText(20_000) });

const category = {
  name: lineText(200),
  description: safeText(1_000).trim(),
  slug: slugSchema,
  parentId: idSchema.nullable(),
  position: z.int().min(0).max(10_000),
};
export const createCategoryInput = z.strictObject({
  name: category.name,
  description: category.description.default(""),
  /** Made of the name where it is left out. */
  slug: category.slug.optional(),
  parentId: category.parentId.default(null),
  /** The last where it is left out. */
  position: category.position.optional(),
});
const versionedCategory = { categoryId: idSchema, version: versionSchema };
export const updateCategoryInput = z.strictObject({
  ...versionedCategory,
  name: category.name.optional(),
  description: category.description.optional(),
  slug: category.slug.optional(),
});
export const moveCategoryInput = z.strictObject({
  ...versionedCategory,
  parentId: category.parentId,
  position: category.position,
});
export const deleteCategoryInput = z.strictObject(versionedCategory);
