import { listTags } from "@helpdesk/db";
import { z } from "zod";
import { colorSchema, idSchema, tagName, versionSchema } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { create } from "./create.ts";
import { deleteTag } from "./delete.ts";
import { rename } from "./rename.ts";
import { tagSchema } from "./view.ts";

const versioned = { tagId: idSchema, version: versionSchema };

export const tagRoutes = {
  list: allow("ticket.note")
    .input(z.strictObject({}).optional())
    .output(z.array(tagSchema))
    .query(({ ctx }) => listTags(ctx.read)),

  create: allow("tag.manage", "tag.name_taken")
    .input(z.strictObject({ name: tagName, color: colorSchema.default("#6b7280") }))
    .output(tagSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  rename: allow("tag.manage", "tag.not_found", "tag.name_taken", "version.conflict")
    .input(z.strictObject({ ...versioned, name: tagName.optional(), color: colorSchema.optional() }))
    .output(tagSchema)
    .mutation(({ ctx, input }) => rename(ctx, input)),

  delete: allow("tag.manage", "tag.not_found", "tag.in_use", "version.conflict")
    .input(z.strictObject(versioned))
    .output(z.null())
    .mutation(({ ctx, input }) => deleteTag(ctx, input)),
};
