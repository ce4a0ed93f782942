import { deleteMacro as remove, lockMacro } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Deletes a macro; what it has done stays. @throws RefusalError `macro.not_found`, `version.conflict`. */
export const deleteMacro = (ctx: Context, input: { macroId: string; version: number }): Promise<null> =>
  ctx.transact(async (unit) => {
    const macro = (await lockMacro.first(unit, { id: input.macroId })) ?? refuse({ code: "macro.not_found" });
    expectVersion(macro, input.version);
    await remove(unit, { id: macro.id });
    return null;
  });
