import { countHeldMails } from "@helpdesk/db";
import { z } from "zod";
import type { Context } from "../context.ts";
import { instantSchema } from "../schemas.ts";

const MOST = 1_000;

export const heldSchema = z.object({
  /** 1000 is that many or more. */
  count: z.int(),
  /** Since when the first of them waits; null where none does. */
  oldestAt: instantSchema.nullable(),
});

/** How many mails wait to be released or discarded. */
export const countHeld = async ({ read }: Context): Promise<z.output<typeof heldSchema>> =>
  (await countHeldMails.first(read, { limit: MOST }))!;
