import { findApiKey, revokeApiKey } from "@helpdesk/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { revokeInput } from "./input.ts";
import { situateKey } from "./situate.ts";
import { type ApiKey, toApiKey } from "./view.ts";

/** Ends a key for good, and within a second every token it was traded for. @throws RefusalError as `apiKeys.revoke` declares. */
export const revoke = (ctx: Context, input: z.output<typeof revokeInput>): Promise<ApiKey> =>
  ctx.transact(async (unit) => {
    const { id } = (await situateKey(ctx, unit, input, { revokes: true })).key;
    await revokeApiKey(unit, { id, at: ctx.now });
    return toApiKey((await findApiKey.first(unit, { id, now: ctx.now }))!, unit.organizationId);
  });
