import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { type Params, command } from "../../statement.ts";
import type { Unit } from "../../unit.ts";

/** A statement that deletes or changes rows of a table, and says how many. */
export interface Wipe<P> {
  table: string;
  run(unit: Unit, params: P): Promise<number>;
}

/** @param make a `delete` or `update` without `returning`. */
export function wipe<P extends object>(table: string, make: (p: Params<P>) => SQL): Wipe<P> {
  const statement = command<P, { count: number }>(
    (p) => sql`with gone as (${make(p)} returning 1) select count(*)::int as count from gone`,
  );
  const run = statement as unknown as {
    first(unit: Unit, params: P): Promise<{ count: number } | undefined>;
  };
  return { table, run: async (unit, params) => (await run.first(unit, params))?.count ?? 0 };
}

/** The ids of a JSON array. */
export const idsIn = (json: SQLWrapper): SQL =>
  sql`array(select jsonb_array_elements_text((${json}::text)::jsonb)::uuid)`;
