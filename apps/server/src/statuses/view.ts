import type { StatusRow } from "@helpdesk/db";
import { statusCategories } from "@helpdesk/domain";
import { z } from "zod";

const statusSchema = z.object({
  key: z.string(),
  name: z.string(),
  category: z.enum(statusCategories),
  color: z.string(),
  isDefault: z.boolean(),
  isResolved: z.boolean(),
  /** The statuses that may follow, by key. */
  next: z.array(z.string()),
});

export const statusGraphSchema = z.object({
  /** The organization's version, to be named by the next save. */
  version: z.int(),
  statuses: z.array(statusSchema),
});
export type StatusGraphView = z.infer<typeof statusGraphSchema>;

/** The statuses that are not archived, in order, with what may follow each. */
export function toGraph(rows: readonly StatusRow[], version: number): StatusGraphView {
  const live = rows.filter(({ isArchived }) => !isArchived);
  return {
    version,
    statuses: live.map(({ key, name, category, color, isDefault, isResolved, nextIds }) => ({
      key,
      name,
      category,
      color,
      isDefault,
      isResolved,
      next: live.filter(({ id }) => nextIds.includes(id)).map((status) => status.key),
    })),
  };
}
