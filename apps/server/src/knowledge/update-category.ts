import { type CategoryRow, updateCategory as write } from "@helpdesk/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { updateCategoryInput } from "./input.ts";
import { situateCategory } from "./situate-category.ts";

/** Renames a category; what is left out stays. @throws RefusalError as `kbCategories.update` declares. */
export const updateCategory = (
  { transact, now }: Context,
  input: z.output<typeof updateCategoryInput>,
): Promise<CategoryRow> =>
  transact(async (unit) => {
    const { category } = await situateCategory(unit, input);
    const { name = category.name, description = category.description, slug = category.slug } = input;
    return (await write.first(unit, { id: category.id, name, description, slug, at: now }))!;
  });
