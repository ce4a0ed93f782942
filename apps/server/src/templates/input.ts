import { z } from "zod";
import { fieldPatchSchema } from "../fields/input.ts";
import { idSchema, lineText, prioritySchema, safeText, tagName, versionSchema } from "../schemas.ts";

const changeable = {
  name: lineText(200),
  description: safeText(1_000).trim(),
  isForCustomers: z.boolean(),
  isActive: z.boolean(),
  position: z.int().min(0).max(10_000),
  title: lineText(300),
  body: safeText(65_536).trim(),
  departmentId: idSchema.nullable(),
  priority: prioritySchema.nullable(),
  tags: z.array(tagName).max(20),
  fields: fieldPatchSchema,
};

export const createInput = z.strictObject({
  name: changeable.name,
  title: changeable.title,
  description: changeable.description.default(""),
  isForCustomers: changeable.isForCustomers.default(false),
  isActive: changeable.isActive.default(true),
  position: changeable.position.default(0),
  body: changeable.body.default(""),
  departmentId: changeable.departmentId.default(null),
  priority: changeable.priority.default(null),
  tags: changeable.tags.default([]),
  fields: changeable.fields.default({}),
});
export type TemplateInput = z.output<typeof createInput>;

export const versionedInput = z.strictObject({ templateId: idSchema, version: versionSchema });

export const updateInput = versionedInput.extend(z.strictObject(changeable).partial().shape);
