import { refuse } from "../refusal.ts";

export const maxCategories = 500;

/** A place in the tree of categories. */
export interface Shelf {
  id: string;
  parentId: string | null;
  position: number;
}

/**
 * The places of those that change when one is put under a parent, as the `position`-th from 0: all siblings stand in a
 * row without gaps. @throws RefusalError `category.not_found`, `category.cycle`.
 */
export function placeCategory(
  shelves: readonly Shelf[],
  { id, parentId, position }: Shelf,
): readonly Shelf[] {
  expectOutside(shelves, id, parentId);
  const siblings = shelves
    .filter((shelf) => shelf.parentId === parentId && shelf.id !== id)
    .toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  const row = siblings.toSpliced(position, 0, { id, parentId, position });
  const known = new Map(shelves.map((shelf) => [shelf.id, shelf]));
  return row
    .map((shelf, index) => ({ ...shelf, position: index }))
    .filter((shelf) => {
      const before = known.get(shelf.id);
      return before?.position !== shelf.position || before.parentId !== shelf.parentId;
    });
}

/** A parent is there, and is neither the category nor stands in it. */
function expectOutside(shelves: readonly Shelf[], id: string, parentId: string | null): void {
  const parents = new Map(shelves.map((shelf) => [shelf.id, shelf.parentId]));
  if (parentId !== null && !parents.has(parentId)) refuse({ code: "category.not_found" });
  for (let above = parentId; above !== null; above = parents.get(above) ?? null)
    if (above === id) refuse({ code: "category.cycle" });
}
