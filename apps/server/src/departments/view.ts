import { assignmentStrategies } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema, versionSchema } from "../schemas.ts";

export const departmentSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  manager: personSchema.nullable(),
  /** Its own hours, by which its tickets are counted; null where policies' hold. */
  calendar: personSchema.nullable(),
  /** How tickets that come to it find an assignee. */
  assignment: z.enum(assignmentStrategies),
  /** With so many open tickets somebody is given no more, where they have no capacity of their own; null for any number. */
  capacity: z.int().nullable(),
  /** The active ones whose role lets them see a department's tickets. */
  members: z.array(personSchema),
  archivedAt: instantSchema.nullable(),
  version: versionSchema,
});
export const workloadSchema = z.object({
  assignment: z.enum(assignmentStrategies),
  /** Open tickets of the department that nobody has. */
  queued: z.int(),
  members: z.array(
    personSchema.extend({
      isAvailable: z.boolean(),
      /** Of any department, waiting ones too. */
      openTickets: z.int(),
      /** Their own or the department's; null for any number. */
      capacity: z.int().nullable(),
      /** When the department last gave them one by itself. */
      lastAssignedAt: instantSchema.nullable(),
    }),
  ),
});
export type Workload = z.output<typeof workloadSchema>;

export type DepartmentView = z.output<typeof departmentSchema>;
