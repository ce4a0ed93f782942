import { statusCategories } from "@helpdesk/domain";
import { z } from "zod";
import { colorSchema, requiredText, safeText, versionSchema } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { list } from "./list.ts";
import { save } from "./save.ts";
import { statusGraphSchema } from "./view.ts";

const statusKey = safeText(63).regex(/^[a-z][a-z0-9_]*$/);

const saveInput = z.strictObject({
  version: versionSchema,
  /** All statuses in their order. A key is for life, and so is its category. */
  statuses: z
    .array(
      z.strictObject({
        key: statusKey,
        name: requiredText(200),
        category: z.enum(statusCategories),
        color: colorSchema,
        isDefault: z.boolean(),
        next: z.array(statusKey).max(50),
      }),
    )
    .min(1)
    .max(50),
});

export const statusRoutes = {
  list: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(statusGraphSchema)
    .query(({ ctx }) => list(ctx)),

  save: allow("status.manage", "status.graph_invalid", "status.in_use", "version.conflict")
    .input(saveInput)
    .output(statusGraphSchema)
    .mutation(({ ctx, input }) => save(ctx, input)),
};
