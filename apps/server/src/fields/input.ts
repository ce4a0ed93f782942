import { customerAccesses, fieldKinds, fieldNeeds, fieldTextLimits } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, lineText, safeText, versionSchema } from "../schemas.ts";

/** What tickets and history name a field, or an option, by. */
const fieldKey = safeText(63).regex(/^[a-z][a-z0-9_]*$/);

/** Values by field: null takes one away. Whether they fit is for the rules to say. */
export const fieldPatchSchema = z.record(
  fieldKey,
  z.union([
    safeText(fieldTextLimits.long_text),
    z.number(),
    z.boolean(),
    z.array(fieldKey).max(100),
    z.null(),
  ]),
);

export const fieldFilterSchema = z
  .record(fieldKey, z.union([safeText(fieldTextLimits.text), z.number(), z.boolean()]))
  .refine((filter) => Object.keys(filter).length <= 10, "asks for more than 10 fields");

const changeable = {
  name: lineText(200),
  description: safeText(1_000).trim(),
  options: z.array(z.strictObject({ key: fieldKey, name: lineText(200) })).max(200),
  min: z.number().nullable(),
  max: z.number().nullable(),
  requiredTo: z.enum(fieldNeeds).nullable(),
  customerAccess: z.enum(customerAccesses),
};

export const createInput = z.strictObject({
  key: fieldKey,
  kind: z.enum(fieldKinds),
  name: changeable.name,
  description: changeable.description.default(""),
  options: changeable.options.default([]),
  min: changeable.min.default(null),
  max: changeable.max.default(null),
  requiredTo: changeable.requiredTo.default(null),
  customerAccess: changeable.customerAccess.default("none"),
});

export const versionedInput = z.strictObject({ fieldId: idSchema, version: versionSchema });

/** An option that is left out is archived; named again it comes back. */
export const updateInput = versionedInput.extend({
  name: changeable.name.optional(),
  description: changeable.description.optional(),
  options: changeable.options.optional(),
  min: changeable.min.optional(),
  max: changeable.max.optional(),
  requiredTo: changeable.requiredTo.optional(),
  customerAccess: changeable.customerAccess.optional(),
});

export const reorderInput = z.strictObject({ fieldIds: z.array(idSchema).max(1_000) });
