import { deleteEmptyCategory } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { situateCategory } from "./situate-category.ts";

/** Takes down an empty shelf. @throws RefusalError as `kbCategories.delete` declares. */
export const deleteCategory = (
  { transact }: Context,
  input: { categoryId: string; version: number },
): Promise<null> =>
  transact(async (unit) => {
    const { category } = await situateCategory(unit, input);
    const gone = await deleteEmptyCategory.first(unit, { categoryId: category.id });
    return gone ? null : refuse({ code: "category.in_use" });
  });
