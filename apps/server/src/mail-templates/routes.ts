import { listMailTemplates } from "@helpdesk/db";
import { mailTemplateKeys } from "@helpdesk/domain";
import { z } from "zod";
import { lineText, requiredText } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { previewTemplate } from "./preview.ts";
import { resetTemplate, setTemplate } from "./set.ts";
import { mailTemplateSchema, toTemplate } from "./view.ts";

const named = {
  key: z.enum(mailTemplateKeys),
  /** 0 while it says what it says by itself. */
  version: z.int().min(0).max(2_147_483_647),
};
const words = { subject: lineText(300), body: requiredText(20_000) };

export const mailTemplateRoutes = {
  list: allow("organization.manage")
    .input(z.strictObject({}).optional())
    .output(z.array(mailTemplateSchema))
    .query(async ({ ctx }) => {
      const own = await listMailTemplates(ctx.read);
      return mailTemplateKeys.map((key) =>
        toTemplate(
          key,
          own.find((each) => each.key === key),
        ),
      );
    }),

  set: allow("organization.manage", "version.conflict", "mail_template.placeholder_unknown")
    .input(z.strictObject({ ...named, ...words }))
    .output(mailTemplateSchema)
    .mutation(({ ctx, input }) => setTemplate(ctx, input)),

  reset: allow("organization.manage", "version.conflict")
    .input(z.strictObject(named))
    .output(mailTemplateSchema)
    .mutation(({ ctx, input }) => resetTemplate(ctx, input)),

  preview: allow("organization.manage", "mail_template.placeholder_unknown")
    .input(z.strictObject({ key: named.key, subject: words.subject.optional(), body: words.body.optional() }))
    .output(z.object({ subject: z.string(), text: z.string(), html: z.string() }))
    .query(({ ctx, input }) => previewTemplate(ctx, input)),
};
