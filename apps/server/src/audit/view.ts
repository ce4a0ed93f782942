import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

export const auditEntrySchema = z.object({
  id: idSchema,
  /** Its place in the organization's log, without gaps. */
  sequence: z.int(),
  at: instantSchema,
  /** The procedure that was called. */
  procedure: z.string(),
  /** Who really did it: the person, or the owner of the API key. */
  actor: personSchema,
  apiKey: personSchema.nullable(),
  /** Whom the key acted for; null where for its owner. */
  onBehalfOf: personSchema.nullable(),
  /** The ids and rights that were named in the call, by the names they have there; `id` is of what it answered with, and `ownerId` of whom that is. */
  data: z.record(z.string(), z.unknown()),
  /** Covers this entry and the one before: note it elsewhere, and the log cannot be rewritten up to here. */
  hash: z.string(),
});
export type AuditEntry = z.output<typeof auditEntrySchema>;
