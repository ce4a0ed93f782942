import { textLimits } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, pageInput, pageOf, requiredText, safeText } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { get, list, receipt } from "./get.ts";
import { plan } from "./plan.ts";
import { request } from "./request.ts";
import { erasureSchema, planSchema, receiptSchema, requestedSchema } from "./view.ts";

const erasureInput = z.strictObject({ erasureId: idSchema });

const requestInput = z.strictObject({
  userId: idSchema,
  /** Their address, typed again: nobody is erased by a slip. */
  email: safeText(textLimits.email),
  /** What they are called besides, to be looked for in what others wrote. */
  otherNames: z.array(requiredText(textLimits.name).min(2)).max(10).default([]),
});

export const erasureRoutes = {
  plan: allow("person.erase", "user.not_found")
    .input(z.strictObject({ userId: idSchema }))
    .output(planSchema)
    .query(({ ctx, input }) => plan(ctx, input)),

  request: allow(
    "person.erase",
    "user.not_found",
    "user.is_self",
    "user.exceeds_own",
    "erasure.already_requested",
    "erasure.last_super_admin",
    "erasure.address_mismatch",
  )
    .input(requestInput)
    .output(requestedSchema)
    .mutation(({ ctx, input }) => request(ctx, input)),

  get: allow("person.erase", "erasure.not_found")
    .input(erasureInput)
    .output(erasureSchema)
    .query(({ ctx, input }) => get(ctx, input)),

  receipt: allow("person.erase", "erasure.not_found", "erasure.not_finished")
    .input(erasureInput)
    .output(receiptSchema)
    .query(({ ctx, input }) => receipt(ctx, input)),

  list: allow("person.erase", "cursor.invalid")
    .input(z.strictObject(pageInput))
    .output(pageOf(erasureSchema))
    .query(({ ctx, input }) => list(ctx, input)),
};
