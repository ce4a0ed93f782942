import { assignmentStrategies } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, requiredText, safeText, versionSchema } from "../schemas.ts";

const name = requiredText(200);
const description = safeText(1_000).trim();
const assignment = z.enum(assignmentStrategies);
/** How many open tickets somebody may have and be given more; null for any number. */
const capacity = z.int().min(0).max(10_000).nullable();

export const noInput = z.strictObject({}).optional();
export const getInput = z.strictObject({ departmentId: idSchema });
export const versionedInput = z.strictObject({ departmentId: idSchema, version: versionSchema });

export const createInput = z.strictObject({
  name,
  description: description.default(""),
  managerId: idSchema.nullable().default(null),
  /** Its own hours; null counts by those of the policies. */
  calendarId: idSchema.nullable().default(null),
  assignment: assignment.default("manual"),
  capacity: capacity.default(null),
});

export const updateInput = versionedInput.extend({
  name: name.optional(),
  description: description.optional(),
  managerId: idSchema.nullish(),
  calendarId: idSchema.nullish(),
  assignment: assignment.optional(),
  capacity: capacity.optional(),
});

export const setMembersInput = versionedInput.extend({ userIds: z.array(idSchema).max(1_000) });

export const setMemberCapacityInput = versionedInput.extend({
  userId: idSchema,
  /** Null for the department's. */
  capacity,
});
