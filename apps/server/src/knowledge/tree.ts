import { listCategories, sightValues } from "@helpdesk/db";
import type { Reading } from "./reading.ts";
import type { TreeShelf } from "./view.ts";

type Row = Omit<TreeShelf, "depth">;

/** The categories from the roots on, each before what stands in it; for those who only read, without what is empty for them. */
export async function tree({ read, sight }: Reading): Promise<TreeShelf[]> {
  const rows = await listCategories(read, sightValues(sight));
  const inside = Map.groupBy(rows, ({ parentId }) => parentId);
  const from = (parentId: string | null, depth: number): TreeShelf[] =>
    (inside.get(parentId) ?? []).flatMap((row: Row) => {
      const below = from(row.id, depth + 1);
      const isEmpty = row.articleCount === 0 && below.length === 0;
      return isEmpty && !sight.seesDrafts ? [] : [{ ...row, depth }, ...below];
    });
  return from(null, 0);
}
