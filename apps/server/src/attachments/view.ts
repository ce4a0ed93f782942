import type { UploadedRow } from "@helpdesk/db";
import { attachmentStates } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema } from "../schemas.ts";

/** What an upload answers. */
export type UploadView = UploadedRow;

/** A file as texts list it: to be had once it is `ready`; `rejected` was harmful and is gone. */
export const attachmentSchema = z.object({
  id: idSchema,
  name: z.string(),
  contentType: z.string(),
  sizeBytes: z.int(),
  state: z.enum(attachmentStates),
});
