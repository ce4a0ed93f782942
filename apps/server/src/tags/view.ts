import { z } from "zod";
import { idSchema, instantSchema } from "../schemas.ts";

export const tagSchema = z.object({
  id: idSchema,
  name: z.string(),
  color: z.string(),
  version: z.int(),
  updatedAt: instantSchema,
});
export type Tag = z.infer<typeof tagSchema>;
