import { lockMacro, updateMacro } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type MacroInput, checked } from "./create.ts";
import { heldMacro } from "./held.ts";
import { type Macro, toMacro } from "./view.ts";

interface Update extends Partial<MacroInput> {
  macroId: string;
  version: number;
  isActive?: boolean;
}

/** Changes a macro; what is left out stays. @throws RefusalError as `macros.update` declares. */
export const update = (ctx: Context, { macroId, version, ...input }: Update): Promise<Macro> =>
  ctx.transact(async (unit) => {
    const row = (await lockMacro.first(unit, { id: macroId })) ?? refuse({ code: "macro.not_found" });
    expectVersion(row, version);
    const before = await heldMacro(unit, row);
    const {
      name = before.name,
      description = before.description,
      departmentId = before.departmentId,
      actions = before.actions,
      isActive = before.isActive,
    } = input;
    const { stored, tags } = await checked(ctx, unit, { departmentId, actions });
    const values = {
      id: macroId,
      name,
      description,
      departmentId,
      isActive,
      actions: JSON.stringify(stored),
    };
    return toMacro((await updateMacro.first(unit, { ...values, at: ctx.now }))!, tags);
  });
