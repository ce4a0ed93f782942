import { deleteWebhook } from "@helpdesk/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { deleteInput } from "./input.ts";
import { situateWebhook } from "./situate.ts";

/** Deletes a webhook with all that waits. @throws RefusalError as `webhooks.delete` declares. */
export const deleteOne = (ctx: Context, input: z.output<typeof deleteInput>): Promise<null> =>
  ctx.transact(async (unit) => {
    const { id } = await situateWebhook(unit, input);
    await deleteWebhook(unit, { id, at: ctx.now });
    return null;
  });
