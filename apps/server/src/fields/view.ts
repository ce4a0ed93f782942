import type { FieldRow } from "@helpdesk/db";
import { customerAccesses, fieldKinds, fieldNeeds } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema } from "../schemas.ts";

export const fieldSchema = z.object({
  id: idSchema,
  key: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(fieldKinds),
  options: z.array(z.object({ key: z.string(), name: z.string(), isArchived: z.boolean() })),
  min: z.number().nullable(),
  max: z.number().nullable(),
  requiredTo: z.enum(fieldNeeds).nullable(),
  customerAccess: z.enum(customerAccesses),
  isArchived: z.boolean(),
  version: z.int(),
  updatedAt: instantSchema,
});
export type Field = z.output<typeof fieldSchema>;

export const toField = (row: FieldRow): Field => ({
  id: row.id,
  key: row.key,
  name: row.name,
  description: row.description,
  kind: row.kind,
  options: [...row.options],
  min: row.min,
  max: row.max,
  requiredTo: row.requiredTo,
  customerAccess: row.customerAccess,
  isArchived: row.isArchived,
  version: row.version,
  updatedAt: row.updatedAt,
});
