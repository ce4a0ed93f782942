import { maxSearchTerms, parseSearch } from "@helpdesk/domain";
import { z } from "zod";
import { instantSchema, pageInput, safeText } from "../schemas.ts";
import { conditionFields } from "../tickets/conditions.ts";

export const searchInput = z.strictObject({
  /** Words, "phrases", prefix*, -excluded words; a number, with or without #, is the ticket of that number first. */
  query: safeText(500).refine(
    (query) => parseSearch(query).terms.length <= maxSearchTerms,
    `has more than ${maxSearchTerms} words`,
  ),
  filters: z
    .strictObject({
      ...conditionFields,
      createdFrom: instantSchema.optional(),
      createdBefore: instantSchema.optional(),
    })
    .default({}),
  orderBy: z.enum(["relevance", "newest"]).default("relevance"),
  ...pageInput,
  limit: z.int().min(1).max(50).default(25),
});
export type SearchInput = z.output<typeof searchInput>;
