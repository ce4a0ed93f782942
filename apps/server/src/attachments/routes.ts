import { ticketReaders } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { link } from "./link.ts";
import { remove } from "./remove.ts";

const attachmentInput = z.strictObject({ attachmentId: idSchema });

/** Bytes come and go by `attachmentHttpRoutes`. */
export const attachmentRoutes = {
  url: allow(ticketReaders, "attachment.not_found", "attachment.scan_pending", "attachment.infected")
    .input(attachmentInput)
    /** A path below the server's address. */
    .output(z.object({ path: z.string(), expiresAt: instantSchema }))
    .query(({ ctx, input }) => link(ctx, input)),

  remove: allow(ticketReaders, "attachment.not_found", "ticket.not_found", "ticket.merged")
    .input(attachmentInput)
    .output(z.object({ id: idSchema }))
    .mutation(({ ctx, input }) => remove(ctx, input)),
};
