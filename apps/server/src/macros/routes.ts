import { z } from "zod";
import { idSchema, requiredText, safeText, versionSchema } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { create } from "./create.ts";
import { deleteMacro } from "./delete.ts";
import { list } from "./list.ts";
import { update } from "./update.ts";
import { macroActionsSchema, macroSchema } from "./view.ts";

const fields = {
  name: requiredText(200),
  description: safeText(1_000).trim(),
  departmentId: idSchema.nullable(),
  actions: macroActionsSchema,
};
const versioned = { macroId: idSchema, version: versionSchema };

const createInput = z.strictObject({
  ...fields,
  description: fields.description.default(""),
  departmentId: fields.departmentId.default(null),
});
const updateInput = z.strictObject({
  ...versioned,
  name: fields.name.optional(),
  description: fields.description.optional(),
  departmentId: fields.departmentId.optional(),
  actions: fields.actions.optional(),
  isActive: z.boolean().optional(),
});

export const macroRoutes = {
  list: allow("ticket.edit")
    .input(z.strictObject({}).optional())
    .output(z.array(macroSchema))
    .query(({ ctx }) => list(ctx)),

  create: allow(
    "macro.manage",
    "macro.name_taken",
    "status.unknown",
    "department.not_found",
    "tag.unknown",
    "field.invalid",
  )
    .input(createInput)
    .output(macroSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  update: allow(
    "macro.manage",
    "macro.not_found",
    "version.conflict",
    "macro.name_taken",
    "status.unknown",
    "department.not_found",
    "tag.unknown",
    "field.invalid",
  )
    .input(updateInput)
    .output(macroSchema)
    .mutation(({ ctx, input }) => update(ctx, input)),

  delete: allow("macro.manage", "macro.not_found", "version.conflict")
    .input(z.strictObject(versioned))
    .output(z.null())
    .mutation(({ ctx, input }) => deleteMacro(ctx, input)),
};
