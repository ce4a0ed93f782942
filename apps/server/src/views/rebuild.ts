import { correctCells, findCellDrift, lockOrganization } from "@helpdesk/db";
import type { CellChange } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Counts all tickets anew and compares: what the counts lack, which is nothing where they are right. Nothing is written. */
export const check = ({ read }: Context): Promise<CellChange[]> => findCellDrift(read);

/**
 * Brings the counts to what a new count says. A correction is one more change, so nobody waits: work on tickets
 * leaves the difference as it is. Only two corrections must not meet.
 */
export const rebuild = (ctx: Context): Promise<CellChange[]> =>
  ctx.transact(async (unit) => {
    await lockOrganization(unit);
    const drift = await findCellDrift(unit);
    const changes = drift.map((change) => ({ ...change, id: ctx.newId() }));
    if (changes.length > 0) await correctCells(unit, { changes: JSON.stringify(changes) });
    return drift;
  });
