import { z } from "zod";
import { idSchema, instantSchema, safeText, versionSchema } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { create } from "./create.ts";
import { list } from "./list.ts";
import { update } from "./update.ts";

const mailAddressSchema = z.object({
  id: idSchema,
  /** What mail is sent to, whole. */
  address: z.string(),
  localPart: z.string(),
  /** Where tickets go that come by it. */
  departmentId: idSchema.nullable(),
  isActive: z.boolean(),
  version: z.int(),
  updatedAt: instantSchema,
});
export type MailAddressView = z.infer<typeof mailAddressSchema>;

/** What stands before the `@`; reply addresses of tickets are not to be had. */
const localPart = safeText(64)
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9._+-]{0,62}[a-z0-9])?$/)
  .refine((text) => !/^ticket-\d/.test(text), "is kept for tickets");

export const mailAddressRoutes = {
  list: allow("organization.manage")
    .input(z.strictObject({}).optional())
    .output(z.array(mailAddressSchema))
    .query(({ ctx }) => list(ctx)),

  create: allow(
    "organization.manage",
    "mail_address.taken",
    "mail_address.limit_reached",
    "department.not_found",
  )
    .input(z.strictObject({ localPart, departmentId: idSchema.nullable().default(null) }))
    .output(mailAddressSchema)
    .mutation(({ ctx, input }) => create(ctx, input)),

  update: allow("organization.manage", "mail_address.not_found", "version.conflict", "department.not_found")
    .input(
      z.strictObject({
        mailAddressId: idSchema,
        version: versionSchema,
        departmentId: idSchema.nullish(),
        isActive: z.boolean().optional(),
      }),
    )
    .output(mailAddressSchema)
    .mutation(({ ctx, input }) => update(ctx, input)),
};
