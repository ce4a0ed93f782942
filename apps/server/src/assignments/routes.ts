import { assignmentStates, scenarioIdSchema, supervisors } from "@helpdesk/domain";
import { z } from "zod";
import {
  idSchema,
  instantSchema,
  pageInput,
  pageOf,
  requiredText,
  safeText,
  versionSchema,
} from "../schemas.ts";
import { allow } from "../trpc.ts";
import { cancel } from "./cancel.ts";
import { create } from "./create.ts";
import { list, mine } from "./list.ts";
import { assignmentSchema } from "./view.ts";

const keySchema = safeText(63).pipe(scenarioIdSchema);
const filters = {
  scenarioKey: keySchema.optional(),
  state: z.enum(assignmentStates).optional(),
  ...pageInput,
};

const createInput = z
  .strictObject({
    scenarioKey: keySchema,
    /** Either people or all of a department whom the actor supervises. */
    userIds: z.array(idSchema).min(1).max(100).optional(),
    departmentId: idSchema.optional(),
    dueAt: instantSchema.nullable().default(null),
    note: requiredText(2_000).nullable().default(null),
  })
  .refine(
    ({ userIds, departmentId }) => (userIds === undefined) !== (departmentId === undefined),
    "names people or a department",
  );

const toWhom = ({ userIds, departmentId }: z.output<typeof createInput>) =>
  userIds ? { userIds } : { departmentId: departmentId! };

export const assignmentRoutes = {
  create: allow(supervisors, "assignment.not_eligible", "scenario.not_found", "department.not_found")
    .input(createInput)
    .output(z.array(assignmentSchema))
    .mutation(({ ctx, input }) => create(ctx, { ...input, to: toWhom(input) })),

  list: allow(supervisors, "cursor.invalid")
    .input(z.strictObject({ userId: idSchema.optional(), ...filters }).prefault({}))
    .output(pageOf(assignmentSchema))
    .query(({ ctx, input }) => list(ctx, input)),

  mine: allow("training.practise", "cursor.invalid")
    .input(z.strictObject(filters).prefault({}))
    .output(pageOf(assignmentSchema))
    .query(({ ctx, input }) => mine(ctx, input)),

  cancel: allow(supervisors, "assignment.not_found", "version.conflict")
    .input(z.strictObject({ assignmentId: idSchema, version: versionSchema }))
    .output(assignmentSchema)
    .mutation(({ ctx, input }) => cancel(ctx, input)),
};
