import { z } from "zod";
import { idSchema, instantSchema, personSchema, versionSchema } from "../schemas.ts";

export const departmentSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  manager: personSchema.nullable(),
  /** The active ones whose role lets them see a department's tickets. */
  members: z.array(personSchema),
  archivedAt: instantSchema.nullable(),
  version: versionSchema,
});
export type DepartmentView = z.output<typeof departmentSchema>;
