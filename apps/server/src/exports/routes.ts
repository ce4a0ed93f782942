import { z } from "zod";
import { idSchema, instantSchema, pageInput, pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { cancel } from "./cancel.ts";
import { create } from "./create.ts";
import { get, list } from "./get.ts";
import { createLink } from "./link.ts";
import { exportSchema } from "./view.ts";

const exportInput = z.strictObject({ exportId: idSchema });

export const exportRoutes = {
  create: allow("export.manage", "export.running")
    .input(z.strictObject({ includesFiles: z.boolean().default(false) }))
    .output(exportSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  get: allow("export.manage", "export.not_found")
    .input(exportInput)
    .output(exportSchema)
    .query(({ ctx, input }) => get(ctx, input)),

  list: allow("export.manage", "cursor.invalid")
    .input(z.strictObject(pageInput))
    .output(pageOf(exportSchema))
    .query(({ ctx, input }) => list(ctx, input)),

  cancel: allow("export.manage", "export.not_found", "export.ended")
    .input(exportInput)
    .output(exportSchema)
    .mutation(({ ctx, input }) => cancel(ctx, input)),

  createLink: allow("export.manage", "export.not_found", "export.not_ready")
    .input(exportInput)
    .output(z.object({ path: z.string(), expiresAt: instantSchema }))
    .mutation(({ ctx, input }) => createLink(ctx, input)),
};
