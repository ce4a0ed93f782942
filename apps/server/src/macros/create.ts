import { type Unit, insertMacro } from "@helpdesk/db";
import { departmentOf, patchFields } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { heldTags } from "../tickets/set-tags.ts";
import { type Macro, type MacroActions, toMacro } from "./view.ts";

export interface MacroInput {
  name: string;
  description: string;
  departmentId: string | null;
  actions: MacroActions;
}

/** Makes a macro. @throws RefusalError as `macros.create` declares. */
export const create = (ctx: Context, input: MacroInput): Promise<Macro> =>
  ctx.transact(async (unit) => {
    await expectKnown(ctx, unit, input);
    const values = { ...input, actions: JSON.stringify(input.actions), isActive: true };
    return toMacro((await insertMacro.first(unit, { ...values, id: ctx.newId(), at: ctx.now }))!);
  });

/** What a macro names is there when it is saved. @throws RefusalError `status.unknown`, `department.not_found`, `tag.unknown`, `field.invalid`. */
export async function expectKnown(
  { desk }: Context,
  unit: Unit,
  { departmentId, actions }: Pick<MacroInput, "departmentId" | "actions">,
): Promise<void> {
  for (const id of [departmentId, actions.departmentId]) if (id != null) departmentOf(desk, id);
  if (actions.status !== undefined) desk.statuses.byKey(actions.status);
  patchFields(desk.fields, {}, actions.fields ?? {}, "staff");
  await heldTags(unit, [], [...(actions.addTags ?? []), ...(actions.removeTags ?? [])]);
}
