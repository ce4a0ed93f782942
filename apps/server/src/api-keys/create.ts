import { findApiKey, findKeyOwner, insertApiKey } from "@helpdesk/db";
import { expectDepartmentsWithin, expectInPerson, expectScopesWithin, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { situateActor } from "../identity/situate-people.ts";
import type { createInput } from "./input.ts";
import { makeSecret } from "./make-secret.ts";
import { makeService } from "./make-service.ts";
import { type MadeKey, toApiKey } from "./view.ts";

/** Makes a key that acts as oneself, as a service account there is, or as one made with it. @throws RefusalError as `apiKeys.create` declares. */
export const create = (ctx: Context, input: z.output<typeof createInput>): Promise<MadeKey> =>
  ctx.transact(async (unit) => {
    const { actor, now, newId } = ctx;
    expectInPerson(actor);
    const scopes = new Set(input.scopes);
    const maker = await situateActor(ctx, unit);
    expectScopesWithin(maker.permissions, scopes);
    const id = newId();
    const ownerId = input.service
      ? await makeService(ctx, unit, maker, input.service)
      : (input.ownerId ?? actor.userId);
    const owner = await findKeyOwner.first(unit, { userId: ownerId });
    if (!owner || (!owner.isService && ownerId !== actor.userId))
      refuse({ code: "api_key.owner_not_eligible" });
    if (ownerId !== actor.userId) expectDepartmentsWithin({ ...actor, ...maker }, owner.departmentIds);
    await insertApiKey(unit, {
      id,
      ownerId,
      name: input.name,
      scopes: JSON.stringify([...scopes]),
      callsPerMinute: input.callsPerMinute ?? null,
      createdById: actor.userId,
      at: now,
    });
    const key = await makeSecret(ctx, unit, { apiKeyId: id, expiresAt: input.expiresAt });
    return { ...toApiKey((await findApiKey.first(unit, { id, now }))!, unit.organizationId), key };
  });
