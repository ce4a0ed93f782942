import type { InboundMailRow, InboundMailSummaryRow } from "@helpdesk/db";
import { inboundMailStates } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

export const mailSummarySchema = z.object({
  id: idSchema,
  state: z.enum(inboundMailStates),
  /** Why it is held or was ignored; of a ticket that refused it, the refusal's code. */
  reason: z.string().nullable(),
  /** What the mail says it is from; null where that is nobody, or several people. */
  from: z.object({ address: z.string(), name: z.string() }).nullable(),
  subject: z.string().nullable(),
  recipients: z.array(z.string()),
  sizeBytes: z.int(),
  /** Whether an address or reference made for the author proves whom it speaks for. */
  isProven: z.boolean(),
  /** Whom it speaks for. */
  person: personSchema.nullable(),
  ticket: z.object({ id: idSchema, number: z.int() }).nullable(),
  commentId: idSchema.nullable(),
  receivedAt: instantSchema,
  version: z.int(),
});
export type MailSummary = z.infer<typeof mailSummarySchema>;

export const mailSchema = mailSummarySchema.extend({
  /** All that it says, with what it quotes; null where it could not be read. */
  body: z.string().nullable(),
  /** Of the envelope; empty for what bounced. */
  sender: z.string(),
  messageId: z.string().nullable(),
  /** Attachments that are not on the ticket, with the refusal that says why. */
  refusedFiles: z.array(z.object({ name: z.string(), reason: z.string() })),
  decidedBy: personSchema.nullable(),
  decidedAt: instantSchema.nullable(),
  takenAt: instantSchema.nullable(),
});
export type MailView = z.infer<typeof mailSchema>;

export const toMailSummary = ({ fromAddress, fromName, ...row }: InboundMailSummaryRow): MailSummary => ({
  id: row.id,
  state: row.state,
  reason: row.reason,
  from: fromAddress === null ? null : { address: fromAddress, name: fromName ?? "" },
  subject: row.subject,
  recipients: row.recipients,
  sizeBytes: row.sizeBytes,
  isProven: row.isProven,
  person: row.person,
  ticket: row.ticket,
  commentId: row.commentId,
  receivedAt: row.receivedAt,
  version: row.version,
});

export const toMail = (row: InboundMailRow): MailView => ({
  ...toMailSummary(row),
  body: row.body,
  sender: row.sender,
  messageId: row.messageId,
  refusedFiles: row.refusedFiles,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt,
  takenAt: row.takenAt,
});
