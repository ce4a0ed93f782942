import { z } from "zod";

export const exportSettings = {
  /** How long the file of an export is kept. */
  EXPORT_KEPT_DAYS: z.coerce.number("must be a number").int().min(1).max(365).default(7),
};
