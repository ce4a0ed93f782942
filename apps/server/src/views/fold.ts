import {
  type Sql,
  arrayLiteral,
  dropEmptyCells,
  findUnfolded,
  foldCells,
  noOrganization,
  read,
  transact,
} from "@helpdesk/db";
import type { Logger } from "pino";
import { repeat } from "../worker/repeat.ts";

interface Folding {
  sql: Sql;
  log: Logger;
}

/** Changes that one transaction takes at most. */
const BATCH = 5_000;
const LOOK_EVERY_MS = 1_000;

/** Folds what has changed into the cells, over all organizations. Any number may fold at once. Returns how many changes. */
export async function fold({ sql, log }: Folding): Promise<number> {
  let folded = 0;
  for (const { organizationId } of await findUnfolded(read(sql, noOrganization))) {
    try {
      folded += await transact(sql, organizationId, async (unit) => {
        const { taken, empty } = (await foldCells.first(unit, { limit: BATCH }))!;
        if (empty.length > 0) await dropEmptyCells(unit, { cells: arrayLiteral(empty) });
        return taken;
      });
    } catch (error) {
      log.error({ err: error, organizationId }, "counts");
    }
  }
  return folded;
}

/** Folds until the function it returns is called. Counts are right without it: it keeps them cheap. */
export const keepFolding = (folding: Folding): (() => Promise<void>) =>
  repeat(async () => ((await fold(folding)) < BATCH ? LOOK_EVERY_MS : 0), folding.log, "counts");
