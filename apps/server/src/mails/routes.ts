import { z } from "zod";
import { idSchema, pageInput, pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { listMails, mailProblemSchema } from "./list.ts";
import { retry } from "./retry.ts";

export const mailRoutes = {
  list: allow("mail.manage", "cursor.invalid")
    .input(
      z.strictObject({ state: z.enum(["failed", "retrying"]).default("failed"), ...pageInput }).prefault({}),
    )
    .output(pageOf(mailProblemSchema))
    .query(({ ctx, input }) => listMails(ctx, input)),

  retry: allow("mail.manage", "mail.not_found")
    .input(z.strictObject({ mailId: idSchema }))
    .output(z.null())
    .mutation(({ ctx, input }) => retry(ctx, input)),
};
