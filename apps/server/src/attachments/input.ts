import { z } from "zod";
import { idSchema } from "../schemas.ts";

/** Uploads of the caller's that a text brings along. */
export const attachmentIdsSchema = z.array(idSchema).max(20).default([]);
