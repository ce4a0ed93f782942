import { findWebhook, rotateWebhookSecret } from "@helpdesk/db";
import { plusSeconds } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { rotateSecretInput } from "./input.ts";
import { SecretSeal, makeSecret } from "./secret.ts";
import { situateWebhook } from "./situate.ts";
import { type MadeWebhook, toWebhook } from "./view.ts";

/** Gives a webhook a new secret; the one before signs as well for the overlap. @throws RefusalError as `webhooks.rotateSecret` declares. */
export const rotateSecret = (ctx: Context, input: z.output<typeof rotateSecretInput>): Promise<MadeWebhook> =>
  ctx.transact(async (unit) => {
    const { id } = await situateWebhook(unit, input);
    const { env, runtime } = ctx.request.resources;
    const secret = makeSecret(runtime);
    const of = { organizationId: unit.organizationId, webhookId: id };
    await rotateWebhookSecret(unit, {
      id,
      sealedSecret: new SecretSeal(env.AUTH_SECRET).close(secret, of, runtime),
      endsAt: plusSeconds(ctx.now, input.overlapSeconds),
      at: ctx.now,
    });
    return { ...toWebhook((await findWebhook.first(unit, { id }))!), secret };
  });
