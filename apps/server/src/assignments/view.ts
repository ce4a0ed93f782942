import type { AssignmentRow } from "@helpdesk/db";
import { type Instant, assignmentState, assignmentStates } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

/** A scenario that somebody is to pass. Scores are hundredths of a point. */
export const assignmentSchema = z.object({
  id: idSchema,
  scenario: z.object({
    /** What to start; null while no revision is offered. */
    id: idSchema.nullable(),
    key: z.string(),
    title: z.string(),
  }),
  user: personSchema,
  assignedBy: personSchema,
  dueAt: instantSchema.nullable(),
  note: z.string().nullable(),
  state: z.enum(assignmentStates),
  /** The first end of a passed session that was started after it was assigned. */
  completedAt: instantSchema.nullable(),
  /** Ended sessions on the real clock since then. */
  attempts: z.int(),
  bestHundredths: z.int().nullable(),
  createdAt: instantSchema,
  version: z.int(),
});
export type Assignment = z.output<typeof assignmentSchema>;

export const toAssignment = (row: AssignmentRow, at: Instant): Assignment => ({
  id: row.id,
  scenario: { id: row.scenarioId, key: row.scenarioKey, title: row.title },
  user: row.user,
  assignedBy: row.assignedBy,
  dueAt: row.dueAt,
  note: row.note,
  state: assignmentState(row, at),
  completedAt: row.completedAt,
  attempts: row.attempts,
  bestHundredths: row.bestHundredths,
  createdAt: row.createdAt,
  version: row.version,
});
