import { findApiKey, updateApiKey } from "@helpdesk/db";
import { expectScopesWithin } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { updateInput } from "./input.ts";
import { situateKey } from "./situate.ts";
import { type ApiKey, toApiKey } from "./view.ts";

/** Changes what a key is called, may and its limit; what is left out stays. It holds within a second. @throws RefusalError as `apiKeys.update` declares. */
export const update = (ctx: Context, input: z.output<typeof updateInput>): Promise<ApiKey> =>
  ctx.transact(async (unit) => {
    const { key, own } = await situateKey(ctx, unit, input);
    const scopes = [...new Set(input.scopes ?? key.scopes)];
    if (input.scopes) expectScopesWithin(own, new Set(input.scopes));
    await updateApiKey(unit, {
      id: key.id,
      name: input.name ?? null,
      scopes: JSON.stringify(scopes),
      setsLimit: input.callsPerMinute !== undefined,
      callsPerMinute: input.callsPerMinute ?? null,
      at: ctx.now,
    });
    return toApiKey((await findApiKey.first(unit, { id: key.id, now: ctx.now }))!, unit.organizationId);
  });
