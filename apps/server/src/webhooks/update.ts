import { findWebhook, updateWebhook } from "@helpdesk/db";
import { expectReach } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { updateInput } from "./input.ts";
import { expectDestination, situateWebhook } from "./situate.ts";
import { type Webhook, toWebhook } from "./view.ts";

/** Changes a webhook; what is left out stays, and what waits goes where it leads from now on. @throws RefusalError as `webhooks.update` declares. */
export async function update(
  ctx: Context,
  { webhookId, version, ...given }: z.output<typeof updateInput>,
): Promise<Webhook> {
  if (given.url !== undefined) await expectDestination(ctx, given.url);
  return ctx.transact(async (unit) => {
    const webhook = await situateWebhook(unit, { webhookId, version });
    const { name, url, eventKinds, includesNotes } = { ...webhook, ...given };
    expectReach(ctx.actor, { includesNotes });
    const changed = { id: webhookId, name, url, includesNotes, eventKinds: JSON.stringify(eventKinds) };
    await updateWebhook(unit, { ...changed, at: ctx.now });
    return toWebhook((await findWebhook.first(unit, { id: webhookId }))!);
  });
}
