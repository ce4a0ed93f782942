import { mailSenderRules } from "@helpdesk/domain";
import { z } from "zod";
import { updateProfileInput } from "../identity/input.ts";
import { idSchema, instantSchema, requiredText, versionSchema } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { getOrganization } from "./get.ts";
import { updateOrganization } from "./update.ts";

const organizationSchema = z.object({
  id: idSchema,
  name: z.string(),
  timeZone: z.string(),
  /** What people who are invited start with too. */
  locale: z.string(),
  /** Resolved tickets close by themselves after so many days; null is never. */
  autoCloseAfterDays: z.int().nullable(),
  /** Customers are asked how a resolution was, so long after it; null is never. */
  satisfactionSurvey: z.object({ delaySeconds: z.int() }).nullable(),
  /** Who may open tickets by mail. */
  mailSenders: z.enum(mailSenderRules),
  /** Whether whoever opens a ticket by mail is told so by mail. */
  acknowledgesMail: z.boolean(),
  version: z.int(),
  updatedAt: instantSchema,
});

const updateInput = z.strictObject({
  version: versionSchema,
  name: requiredText(200).optional(),
  timeZone: updateProfileInput.shape.timeZone,
  locale: updateProfileInput.shape.locale,
  autoCloseAfterDays: z.int().min(1).max(3_650).nullish(),
  satisfactionSurvey: z.strictObject({ delaySeconds: z.int().min(0).max(604_800) }).nullish(),
  /** Mails of people whom the organization does not know are held where it is `known`. */
  mailSenders: z.enum(mailSenderRules).optional(),
  acknowledgesMail: z.boolean().optional(),
});

export const organizationRoutes = {
  get: allow("signed_in")
    .input(z.strictObject({}).optional())
    .output(organizationSchema)
    .query(({ ctx }) => getOrganization(ctx)),

  update: allow("organization.manage", "version.conflict")
    .input(updateInput)
    .output(organizationSchema)
    .mutation(({ ctx, input }) => updateOrganization(ctx, input)),
};
