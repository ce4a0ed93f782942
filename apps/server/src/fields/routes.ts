import { ticketReaders } from "@helpdesk/domain";
import { z } from "zod";
import { allow } from "../trpc.ts";
import { archive, restore } from "./archive.ts";
import { create } from "./create.ts";
import * as input from "./input.ts";
import { list } from "./list.ts";
import { reorder } from "./reorder.ts";
import { update } from "./update.ts";
import { fieldSchema } from "./view.ts";

export const fieldRoutes = {
  list: allow(ticketReaders)
    .input(z.strictObject({}).optional())
    .output(z.array(fieldSchema))
    .query(({ ctx }) => list(ctx)),

  create: allow("field.manage", "field.key_taken", "field.draft_invalid")
    .input(input.createInput)
    .output(fieldSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  update: allow("field.manage", "field.not_found", "version.conflict", "field.draft_invalid")
    .input(input.updateInput)
    .output(fieldSchema)
    .mutation(({ ctx, input }) => update(ctx, input)),

  archive: allow("field.manage", "field.not_found", "version.conflict")
    .input(input.versionedInput)
    .output(fieldSchema)
    .mutation(({ ctx, input }) => archive(ctx, input)),

  restore: allow("field.manage", "field.not_found", "version.conflict")
    .input(input.versionedInput)
    .output(fieldSchema)
    .mutation(({ ctx, input }) => restore(ctx, input)),

  reorder: allow("field.manage", "field.order_incomplete")
    .input(input.reorderInput)
    .output(z.array(fieldSchema))
    .mutation(({ ctx, input }) => reorder(ctx, input)),
};
