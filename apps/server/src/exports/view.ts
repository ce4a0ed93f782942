import type { ExportRow } from "@helpdesk/db";
import { exportStates } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";
import { partNames } from "./parts.ts";

export const exportSchema = z.object({
  id: idSchema,
  state: z.enum(exportStates),
  includesFiles: z.boolean(),
  createdBy: personSchema,
  createdAt: instantSchema,
  progress: z.object({
    /** What is being written; null while nothing is. */
    part: z.string().nullable(),
    partsDone: z.int(),
    parts: z.int(),
    linesWritten: z.int(),
  }),
  /** What the file is a picture of: all that was committed by then, and nothing later. */
  takenAt: instantSchema.nullable(),
  sizeBytes: z.int().nullable(),
  sha256: z.string().nullable(),
  /** When the file is taken away; null where there is none. */
  fileExpiresAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
});
export type Export = z.output<typeof exportSchema>;

export const toExport = (row: ExportRow): Export => ({
  id: row.id,
  state: row.state,
  includesFiles: row.includesFiles,
  createdBy: { id: row.createdById, name: row.createdByName },
  createdAt: row.createdAt,
  progress: {
    part: row.part,
    partsDone: row.partsDone,
    parts: partNames(row).length,
    linesWritten: row.linesWritten,
  },
  takenAt: row.takenAt,
  sizeBytes: row.sizeBytes,
  sha256: row.sha256,
  fileExpiresAt: row.state === "ready" ? row.dueAt : null,
  endedAt: row.endedAt,
});
