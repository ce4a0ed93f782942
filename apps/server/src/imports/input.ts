import { existingRules, importFormats, importKinds } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, pageInput, safeText } from "../schemas.ts";

export const createInput = z
  .strictObject({
    /** Of `POST /imports/files`. */
    fileId: idSchema,
    kind: z.enum(importKinds),
    format: z.enum(importFormats),
    /** Of CSV: the column's header by the field. What is left out is guessed by the names of the columns. */
    mapping: z.record(safeText(100), safeText(300)).default({}),
    /** Only people can be updated: tickets and articles have a history since. */
    onExisting: z.enum(existingRules).default("skip"),
    isDryRun: z.boolean().default(false),
  })
  .refine(({ kind, onExisting }) => kind === "users" || onExisting === "skip", {
    path: ["onExisting"],
    message: "only people who are there already can be updated",
  });

export const importInput = z.strictObject({ importId: idSchema });
export const listInput = z.strictObject(pageInput);
export const problemsInput = z.strictObject({ importId: idSchema, ...pageInput });
