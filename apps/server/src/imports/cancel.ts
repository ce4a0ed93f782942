import { endImport, lockImport } from "@helpdesk/db";
import { expectUnended, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { importOf } from "./get.ts";
import { type Import, toImport } from "./view.ts";

/** Stops an import where it is: what it has made stays. @throws RefusalError `import.not_found`, `import.ended`. */
export const cancel = ({ now, transact }: Context, { importId }: { importId: string }): Promise<Import> =>
  transact(async (unit) => {
    const found = (await lockImport.first(unit, { id: importId })) ?? refuse({ code: "import.not_found" });
    expectUnended(found);
    await endImport(unit, { id: importId, state: "cancelled", at: now });
    return toImport(await importOf(unit, importId));
  });
