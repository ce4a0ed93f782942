import { z } from "zod";

export const importSettings = {
  IMPORT_MAX_BYTES: z.coerce
    .number("must be a number")
    .int()
    .min(1_024)
    .max(1_073_741_824)
    .default(1_073_741_824),
  /** How long a file that was sent to be imported is kept. */
  IMPORT_FILE_KEPT_DAYS: z.coerce.number("must be a number").int().min(1).max(365).default(7),
};
