import { countWebhooks, findWebhook, holdWebhookRoom, insertWebhook, startOutboxCursor } from "@helpdesk/db";
import { expectReach, refuse, webhookLimits } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { CURSOR } from "./fan-out.ts";
import type { createInput } from "./input.ts";
import { SecretSeal, makeSecret } from "./secret.ts";
import { expectDestination } from "./situate.ts";
import { type MadeWebhook, toWebhook } from "./view.ts";

/** Makes a webhook that is told of what happens from now on. @throws RefusalError as `webhooks.create` declares. */
export async function create(ctx: Context, input: z.output<typeof createInput>): Promise<MadeWebhook> {
  expectReach(ctx.actor, input);
  await expectDestination(ctx, input.url);
  const { env, runtime } = ctx.request.resources;
  return ctx.transact(async (unit) => {
    await holdWebhookRoom(unit);
    const { count } = (await countWebhooks.first(unit))!;
    if (count >= webhookLimits.count) refuse({ code: "webhook.limit_reached", limit: webhookLimits.count });
    const id = ctx.newId();
    const secret = makeSecret(runtime);
    const of = { organizationId: unit.organizationId, webhookId: id };
    await insertWebhook(unit, {
      ...input,
      id,
      eventKinds: JSON.stringify(input.eventKinds),
      sealedSecret: new SecretSeal(env.AUTH_SECRET).close(secret, of, runtime),
      at: ctx.now,
    });
    await startOutboxCursor(unit, { name: CURSOR });
    return { ...toWebhook((await findWebhook.first(unit, { id }))!), secret };
  });
}
