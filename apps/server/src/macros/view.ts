import type { MacroRow } from "@helpdesk/db";
import type { Labelled } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, requiredText } from "../schemas.ts";
import { changeFields } from "../tickets/changes.ts";

/** What a macro does, all of it as one act. */
export const macroActionsSchema = z
  .strictObject({
    ...changeFields,
    /** The one who uses it takes the ticket. */
    take: z.literal(true).optional(),
    /** At most one of the two. */
    reply: requiredText(65_536).optional(),
    note: requiredText(65_536).optional(),
  })
  .refine(({ reply, note }) => reply === undefined || note === undefined, "has a reply or a note, not both")
  .refine(({ take, assigneeId }) => !take || assigneeId === undefined, "takes or assigns, not both");
export type MacroActions = z.output<typeof macroActionsSchema>;

export const macroSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  /** Whose macro it is; everybody's where it is null. */
  departmentId: idSchema.nullable(),
  actions: macroActionsSchema,
  isActive: z.boolean(),
  version: z.int(),
  updatedAt: instantSchema,
});
export type Macro = z.output<typeof macroSchema>;

const tagIds = z.array(idSchema).optional();
const { addTags: _, removeTags: __, ...plainFields } = macroActionsSchema.shape;
const storedSchema = z.strictObject({ ...plainFields, addTagIds: tagIds, removeTagIds: tagIds });

/** What is stored of a macro: tags by id, for their names change. */
export type StoredActions = z.output<typeof storedSchema>;

/** @throws Error where what is stored are no actions: a defect. */
export const storedActions = (row: MacroRow): StoredActions => storedSchema.parse(row.actions);

/** @param tags those it names, at least. */
export function toMacro(row: MacroRow, tags: readonly Labelled[]): Macro {
  const { addTagIds, removeTagIds, ...actions } = storedActions(row);
  const named = (ids: readonly string[]) =>
    tags.filter(({ id }) => ids.includes(id)).map(({ label }) => label);
  return {
    ...row,
    actions: {
      ...actions,
      ...(addTagIds && { addTags: named(addTagIds) }),
      ...(removeTagIds && { removeTags: named(removeTagIds) }),
    },
  };
}
