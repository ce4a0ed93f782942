import { mayExceptTag, retentionDays, retentionKinds } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { listRules, preview, retentionRuleSchema, setRule } from "./rules.ts";

const keepDays = z.int().min(retentionDays.least).max(retentionDays.most);
const rule = {
  kind: z.enum(retentionKinds),
  /** Of `tickets` and `files` only. */
  exceptTagId: idSchema.nullable().default(null),
};
const isFitting = ({
  kind,
  exceptTagId,
}: {
  kind: (typeof retentionKinds)[number];
  exceptTagId: string | null;
}) => exceptTagId === null || mayExceptTag(kind);
const notFitting = { path: ["exceptTagId"], error: "is for tickets and files only" };

export const retentionRoutes = {
  list: allow("retention.manage")
    .input(z.strictObject({}).optional())
    .output(z.array(retentionRuleSchema))
    .query(({ ctx }) => listRules(ctx)),

  preview: allow("retention.manage", "tag.not_found")
    .input(z.strictObject({ ...rule, keepDays }).refine(isFitting, notFitting))
    .output(z.object({ count: z.int() }))
    .query(({ ctx, input }) => preview(ctx, input)),

  set: allow("retention.manage", "version.conflict", "tag.not_found")
    .input(
      z
        .strictObject({
          ...rule,
          keepDays: keepDays.nullable(),
          /** As it was read: 0 where it was never set. */
          version: z.int().min(0).max(2_147_483_646),
        })
        .refine(isFitting, notFitting),
    )
    .output(retentionRuleSchema)
    .mutation(({ ctx, input }) => setRule(ctx, input)),
};
