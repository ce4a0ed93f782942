import { findExport, insertExport } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { type Export, toExport } from "./view.ts";

/** Asks for an export of everything, which a worker writes. @throws RefusalError `export.running`. */
export const create = (
  { actor, now, newId, transact }: Context,
  { includesFiles }: { includesFiles: boolean },
): Promise<Export> =>
  transact(async (unit) => {
    const id = newId();
    await insertExport(unit, { id, includesFiles, createdById: actor.userId, at: now });
    return toExport((await findExport.first(unit, { id }))!);
  });
