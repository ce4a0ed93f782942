import { z } from "zod";
import { allow } from "../trpc.ts";
import { create } from "./create.ts";
import { deleteTemplate } from "./delete.ts";
import * as input from "./input.ts";
import { list } from "./list.ts";
import { update } from "./update.ts";
import { templateSchema } from "./view.ts";

const saved = ["template.name_taken", "department.not_found", "tag.unknown", "field.invalid"] as const;

export const templateRoutes = {
  list: allow("ticket.open")
    .input(z.strictObject({}).optional())
    .output(z.array(templateSchema))
    .query(({ ctx }) => list(ctx)),

  create: allow("template.manage", ...saved)
    .input(input.createInput)
    .output(templateSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  update: allow("template.manage", "template.not_found", "version.conflict", ...saved)
    .input(input.updateInput)
    .output(templateSchema)
    .mutation(({ ctx, input }) => update(ctx, input)),

  delete: allow("template.manage", "template.not_found", "version.conflict")
    .input(input.versionedInput)
    .output(z.null())
    .mutation(({ ctx, input }) => deleteTemplate(ctx, input)),
};
