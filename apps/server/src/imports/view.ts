import type { ImportRow } from "@helpdesk/db";
import { existingRules, importFormats, importKinds, importStates } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

const importFileSchema = z.object({ id: idSchema, name: z.string(), sizeBytes: z.int() });
export type ImportFile = z.output<typeof importFileSchema>;

export const importSchema = z.object({
  id: idSchema,
  fileId: idSchema.nullable(),
  fileName: z.string(),
  kind: z.enum(importKinds),
  format: z.enum(importFormats),
  /** The column's header, by field; empty for JSON Lines. */
  mapping: z.record(z.string(), z.string()),
  /** The columns of the file. */
  columns: z.array(z.string()),
  onExisting: z.enum(existingRules),
  isDryRun: z.boolean(),
  state: z.enum(importStates),
  createdBy: personSchema,
  createdAt: instantSchema,
  endedAt: instantSchema.nullable(),
  progress: z.object({
    bytesRead: z.int(),
    bytes: z.int(),
    /** Records that were read: each is one of the four that follow. */
    read: z.int(),
    made: z.int(),
    changed: z.int(),
    skipped: z.int(),
    bad: z.int(),
  }),
});
export type Import = z.output<typeof importSchema>;

export const toImport = (row: ImportRow): Import => ({
  id: row.id,
  fileId: row.fileId,
  fileName: row.fileName,
  kind: row.kind,
  format: row.format,
  mapping: row.mapping.fields ?? {},
  columns: row.mapping.columns ?? [],
  onExisting: row.onExisting,
  isDryRun: row.isDryRun,
  state: row.state,
  createdBy: { id: row.createdById, name: row.createdByName },
  createdAt: row.createdAt,
  endedAt: row.endedAt,
  progress: {
    bytesRead: row.positionBytes,
    bytes: row.sizeBytes,
    read: row.read,
    made: row.made,
    changed: row.changed,
    skipped: row.skipped,
    bad: row.bad,
  },
});

export const importProblemSchema = z.object({
  line: z.int(),
  field: z.string().nullable(),
  reason: z.string(),
  value: z.string(),
});
