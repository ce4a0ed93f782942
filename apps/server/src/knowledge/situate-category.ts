import { type CategoryRow, type Unit, lockCategories } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";

/** Locks all categories, for each has its place among the others. @throws RefusalError `category.not_found`, `version.conflict`. */
export async function situateCategory(
  unit: Unit,
  { categoryId, version }: { categoryId: string; version: number },
): Promise<{ category: CategoryRow; shelves: CategoryRow[] }> {
  const shelves = await lockCategories(unit);
  const category = shelves.find(({ id }) => id === categoryId) ?? refuse({ code: "category.not_found" });
  expectVersion(category, version);
  return { category, shelves };
}
