import { inboundMailStates } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, pageInput, pageOf, versionSchema } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { countHeld, heldSchema } from "./count-held.ts";
import { discard } from "./discard.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { release } from "./release.ts";
import { mailSchema, mailSummarySchema } from "./view.ts";

const readers = ["mail.manage", "ticket.note"] as const;
const versioned = { inboundMailId: idSchema, version: versionSchema };

const releaseInput = z.strictObject({
  ...versioned,
  /** Of which ticket it is to be a reply; left out, it is a new ticket. */
  ticketId: idSchema.nullish(),
  /** The customer whom it speaks for; left out, whoever has the address it is from. */
  personId: idSchema.optional(),
  /** Where a new ticket goes. */
  departmentId: idSchema.nullish(),
});

export const inboundMailRoutes = {
  list: allow(readers, "cursor.invalid")
    .input(
      z
        .strictObject({
          state: z.enum(inboundMailStates).optional(),
          ticketId: idSchema.optional(),
          ...pageInput,
        })
        .prefault({}),
    )
    .output(pageOf(mailSummarySchema))
    .query(({ ctx, input }) => list(ctx, input)),

  countHeld: allow("mail.manage")
    .input(z.strictObject({}).optional())
    .output(heldSchema)
    .query(({ ctx }) => countHeld(ctx)),

  get: allow(readers, "inbound_mail.not_found")
    .input(z.strictObject({ inboundMailId: idSchema }))
    .output(mailSchema)
    .query(({ ctx, input }) => get(ctx, input)),

  release: allow(
    "mail.manage",
    "inbound_mail.not_found",
    "inbound_mail.settled",
    "inbound_mail.author_needed",
    "version.conflict",
    "ticket.not_found",
    "customer.not_found",
    "department.not_found",
  )
    .input(releaseInput)
    .output(mailSchema)
    .mutation(({ ctx, input }) => release(ctx, input)),

  discard: allow("mail.manage", "inbound_mail.not_found", "inbound_mail.settled", "version.conflict")
    .input(z.strictObject(versioned))
    .output(mailSchema)
    .mutation(({ ctx, input }) => discard(ctx, input)),
};
