import { type Unit, insertMacro } from "@helpdesk/db";
import { type Labelled, departmentOf, patchFields } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { heldTags, idsOf } from "../tickets/set-tags.ts";
import { type Macro, type MacroActions, type StoredActions, toMacro } from "./view.ts";

export interface MacroInput {
  name: string;
  description: string;
  departmentId: string | null;
  actions: MacroActions;
}

/** Makes a macro. @throws RefusalError as `macros.create` declares. */
export const create = (ctx: Context, input: MacroInput): Promise<Macro> =>
  ctx.transact(async (unit) => {
    const { stored, tags } = await checked(ctx, unit, input);
    const values = { ...input, actions: JSON.stringify(stored), isActive: true };
    return toMacro((await insertMacro.first(unit, { ...values, id: ctx.newId(), at: ctx.now }))!, tags);
  });

/** Actions as they are stored: what a macro names is there when it is saved. @throws RefusalError `status.unknown`, `department.not_found`, `tag.unknown`, `field.invalid`. */
export async function checked(
  { desk }: Context,
  unit: Unit,
  {
    departmentId,
    actions: { addTags, removeTags, ...actions },
  }: Pick<MacroInput, "departmentId" | "actions">,
): Promise<{ stored: StoredActions; tags: Labelled[] }> {
  for (const id of [departmentId, actions.departmentId]) if (id != null) departmentOf(desk, id);
  if (actions.status !== undefined) desk.statuses.byKey(actions.status);
  patchFields(desk.fields, {}, actions.fields ?? {}, "staff");
  const tags = await heldTags(unit, [], [...(addTags ?? []), ...(removeTags ?? [])]);
  return {
    stored: {
      ...actions,
      addTagIds: addTags && idsOf(tags, addTags),
      removeTagIds: removeTags && idsOf(tags, removeTags),
    },
    tags,
  };
}
