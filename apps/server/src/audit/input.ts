import { z } from "zod";
import { idSchema, pageInput } from "../schemas.ts";

export const listInput = z
  .strictObject({
    /** What one key did. */
    apiKeyId: idSchema.optional(),
    ...pageInput,
  })
  .prefault({});
