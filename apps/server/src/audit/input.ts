import { z } from "zod";
import { idSchema, instantSchema, pageInput, safeText } from "../schemas.ts";

export const listInput = z
  .strictObject({
    /** What one key did. */
    apiKeyId: idSchema.optional(),
    /** What one person did, themselves or by keys of theirs. */
    actorId: idSchema.optional(),
    /** Calls of one procedure, such as `users.setRole`. */
    procedure: safeText(100).min(1).optional(),
    /** From this instant on. */
    from: instantSchema.optional(),
    /** Up to this instant, which is out. */
    until: instantSchema.optional(),
    ...pageInput,
  })
  .prefault({});
