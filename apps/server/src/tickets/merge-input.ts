import { z } from "zod";
import { idSchema, lineText, prioritySchema, safeText, versionSchema } from "../schemas.ts";

const versioned = { ticketId: idSchema, version: versionSchema };

export const mergeInput = z
  .strictObject({ ...versioned, intoTicketId: idSchema })
  .refine(({ ticketId, intoTicketId }) => ticketId !== intoTicketId, "merges a ticket into itself");

export const unmergeInput = z.strictObject(versioned);

export const splitInput = z.strictObject({
  ...versioned,
  commentIds: z.array(idSchema).min(1).max(100),
  /** Of the new ticket. What is left out is as on the ticket that is split. */
  title: lineText(300),
  description: safeText(65_536).trim().default(""),
  priority: prioritySchema.optional(),
  departmentId: idSchema.nullish(),
  /** Its customer: the ticket's own, or whoever in copy wrote one of the comments. */
  customerId: idSchema.optional(),
});
