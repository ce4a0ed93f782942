import { endSecrets, findApiKey, findKeyOwner, touchApiKey } from "@helpdesk/db";
import { expectDepartmentsWithin, plusSeconds, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { rotateInput } from "./input.ts";
import { makeSecret } from "./make-secret.ts";
import { situateKey } from "./situate.ts";
import { type MadeKey, toApiKey } from "./view.ts";

/** Gives a key a new secret; those before go on for the overlap, and so do the tokens they were traded for. @throws RefusalError as `apiKeys.rotate` declares. */
export const rotate = (ctx: Context, input: z.output<typeof rotateInput>): Promise<MadeKey> =>
  ctx.transact(async (unit) => {
    const { key: locked, own } = await situateKey(ctx, unit, input);
    const { id, ownerId } = locked;
    const owner = await findKeyOwner.first(unit, { userId: ownerId });
    // Who is told the secret can act as its owner.
    if (!owner || (!owner.isService && ownerId !== ctx.actor.userId))
      refuse({ code: "api_key.owner_not_eligible" });
    if (ownerId !== ctx.actor.userId)
      expectDepartmentsWithin({ ...ctx.actor, permissions: own }, owner.departmentIds);
    await endSecrets(unit, { apiKeyId: id, endsAt: plusSeconds(ctx.now, input.overlapSeconds) });
    const key = await makeSecret(ctx, unit, { apiKeyId: id, expiresAt: input.expiresAt });
    await touchApiKey(unit, { id, at: ctx.now });
    return { ...toApiKey((await findApiKey.first(unit, { id, now: ctx.now }))!, unit.organizationId), key };
  });
