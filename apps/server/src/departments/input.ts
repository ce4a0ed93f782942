import { z } from "zod";
import { idSchema, requiredText, safeText, versionSchema } from "../schemas.ts";

const name = requiredText(200);
const description = safeText(1_000).trim();

export const noInput = z.strictObject({}).optional();
export const getInput = z.strictObject({ departmentId: idSchema });
export const versionedInput = z.strictObject({ departmentId: idSchema, version: versionSchema });

export const createInput = z.strictObject({
  name,
  description: description.default(""),
  managerId: idSchema.nullable().default(null),
});

export const updateInput = versionedInput.extend({
  name: name.optional(),
  description: description.optional(),
  managerId: idSchema.nullish(),
});

export const setMembersInput = versionedInput.extend({ userIds: z.array(idSchema).max(1_000) });
