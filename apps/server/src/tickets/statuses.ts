import { statusCategories } from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";

export const statusSchema = z.object({
  key: z.string(),
  name: z.string(),
  category: z.enum(statusCategories),
  color: z.string(),
  isDefault: z.boolean(),
  isResolved: z.boolean(),
  /** The statuses that may follow, by key. */
  next: z.array(z.string()),
});
export type StatusView = z.infer<typeof statusSchema>;

/** The statuses of the organization in order, with what may follow each. */
export const listStatuses = async ({ desk: { statuses } }: Context): Promise<StatusView[]> =>
  statuses.statuses.map((status) => ({
    key: status.key,
    name: status.name,
    category: status.category,
    color: status.color,
    isDefault: status.isDefault,
    isResolved: status.isResolved,
    next: statuses.allowed(status),
  }));
