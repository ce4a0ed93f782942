import { type CategoryRow, insertCategory, lockCategories, placeCategories } from "@helpdesk/db";
import { freeSlug, maxCategories, placeCategory, refuse, slugOf } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { createCategoryInput } from "./input.ts";

/** Puts up a shelf. @throws RefusalError as `kbCategories.create` declares. */
export const createCategory = (
  { transact, newId, now }: Context,
  { name, description, parentId, slug, position = maxCategories }: z.output<typeof createCategoryInput>,
): Promise<CategoryRow> =>
  transact(async (unit) => {
    const shelves = await lockCategories(unit);
    if (shelves.length >= maxCategories) refuse({ code: "category.limit_reached", limit: maxCategories });
    const id = newId();
    const moved = placeCategory(shelves, { id, parentId, position });
    const others = moved.filter((shelf) => shelf.id !== id);
    if (others.length > 0)
      await placeCategories(unit, { shelves: JSON.stringify(others), movedId: id, at: now });
    const values = {
      ...moved.find((shelf) => shelf.id === id)!,
      name,
      description,
      slug: slug ?? freeSlug(slugOf(name), new Set(shelves.map((shelf) => shelf.slug))),
      at: now,
    };
    return (await insertCategory.first(unit, values))!;
  });
