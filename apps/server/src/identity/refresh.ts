import { findWaitingSuccessor, revokeReused, rotateRefreshToken } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { PublicContext } from "../context.ts";
import { grant } from "./grant.ts";
import { deriveToken, makeToken, readToken } from "./tokens.ts";
import type { Grant } from "./view.ts";

/**
 * Trades a refresh token for its successor. A second use, even at the same instant, ends the whole session: of two who
 * hold one token, one has stolen it. Who comes again with the idempotency key of the first use is the one who missed
 * the answer, and gets it again until the successor is used.
 * @throws RefusalError `auth.refresh_invalid`.
 */
export async function refresh(ctx: PublicContext, input: { refreshToken: string }): Promise<Grant> {
  const { request, now, batchIndex } = ctx;
  const { env, runtime } = request.resources;
  const { organizationId, hash: tokenHash } =
    readToken(input.refreshToken) ?? refuse({ code: "auth.refresh_invalid" });
  const key = request.idempotencyKeys[batchIndex];
  const successor = key
    ? deriveToken(env.AUTH_SECRET, organizationId, { token: input.refreshToken, key })
    : makeToken(runtime, organizationId);
  const successorHash = successor.hash;
  const granted = await ctx.transactIn(organizationId, async (unit) => {
    const rotation = { tokenHash, at: now, successorId: ctx.newId(), successorHash };
    const rotated = await rotateRefreshToken.first(unit, rotation);
    const session = rotated ?? (await findWaitingSuccessor.first(unit, rotation));
    if (session) {
      if (!rotated) request.notes.replayed[batchIndex] = true;
      return grant(request.resources, unit, { ...session, refreshToken: successor.token }, now);
    }
    // Refused after the commit: a throw in here would take the revocation back.
    await revokeReused(unit, { tokenHash, at: now });
    return null;
  });
  return granted ?? refuse({ code: "auth.refresh_invalid" });
}
