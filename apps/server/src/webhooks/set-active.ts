import { findWebhook, startWebhook, stopWebhook } from "@helpdesk/db";
import { expectReach } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { setActiveInput } from "./input.ts";
import { situateWebhook } from "./situate.ts";
import { type Webhook, toWebhook } from "./view.ts";

/**
 * Switches a webhook off or on. What happens while it is off is not told; what waited when it went off goes on when it
 * is on again. @throws RefusalError as `webhooks.setActive` declares.
 */
export const setActive = (ctx: Context, input: z.output<typeof setActiveInput>): Promise<Webhook> =>
  ctx.transact(async (unit) => {
    const webhook = await situateWebhook(unit, input);
    expectReach(ctx.actor, webhook);
    const { id, isActive } = webhook;
    if (isActive === input.isActive) return toWebhook(webhook);
    const at = ctx.now;
    if (input.isActive) await startWebhook(unit, { id, at });
    else await stopWebhook(unit, { id, stop: "paused", at });
    return toWebhook((await findWebhook.first(unit, { id }))!);
  });
