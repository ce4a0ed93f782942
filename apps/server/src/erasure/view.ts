import type { ErasureRow } from "@helpdesk/db";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

const countsSchema = z.record(z.string(), z.int());

export const planSchema = z.object({
  userId: idSchema,
  /** Rows that would be deleted or emptied, by table. Who is named in what others wrote is found when it is done. */
  counts: countsSchema,
});

export const erasureSchema = z.object({
  id: idSchema,
  /** Whose id it was: it goes on standing in histories, and says who nobody is any more. */
  userId: idSchema,
  requestedBy: personSchema,
  requestedAt: instantSchema,
  isFinished: z.boolean(),
  finishedAt: instantSchema.nullable(),
  /** What is done next. */
  step: z.string(),
  /** Rows that were deleted or changed so far, by table; `files` are files. */
  counts: countsSchema,
  /** SHA-256 of the receipt, as the audit log has it. */
  receiptHash: z.string().nullable(),
});
export type Erasure = z.output<typeof erasureSchema>;

export const requestedSchema = erasureSchema.extend({
  /** Told once and kept nowhere: with it and the address, whoever has the receipt can tell whose it is. */
  salt: z.string(),
});

export const receiptSchema = z.object({
  format: z.literal("helpdesk.erasure/1"),
  erasureId: idSchema,
  organizationId: idSchema,
  userId: idSchema,
  requestedById: idSchema,
  requestedAt: instantSchema,
  finishedAt: instantSchema,
  addressHash: z.string(),
  counts: countsSchema,
});

export const toErasure = (row: ErasureRow): Erasure => ({
  id: row.id,
  userId: row.userId,
  requestedBy: { id: row.requestedById, name: row.requestedByName },
  requestedAt: row.requestedAt,
  isFinished: row.finishedAt !== null,
  finishedAt: row.finishedAt,
  step: row.step,
  counts: row.counts,
  receiptHash: row.receiptHash,
});
