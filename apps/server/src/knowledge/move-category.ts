import { type CategoryRow, placeCategories } from "@helpdesk/db";
import { placeCategory } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { moveCategoryInput } from "./input.ts";
import { situateCategory } from "./situate-category.ts";

/** Puts a category under another, or among its siblings. @throws RefusalError as `kbCategories.move` declares. */
export const moveCategory = (
  { transact, now }: Context,
  input: z.output<typeof moveCategoryInput>,
): Promise<CategoryRow> =>
  transact(async (unit) => {
    const { category, shelves } = await situateCategory(unit, input);
    const { parentId, position } = input;
    const moved = placeCategory(shelves, { id: category.id, parentId, position });
    if (moved.length === 0) return category;
    const rows = await placeCategories(unit, {
      shelves: JSON.stringify(moved),
      movedId: category.id,
      at: now,
    });
    return rows.find(({ id }) => id === category.id) ?? category;
  });
