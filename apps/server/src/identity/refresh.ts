import { revokeReused, rotateRefreshToken } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { PublicContext } from "../context.ts";
import { grant } from "./grant.ts";
import { makeToken, readToken } from "./tokens.ts";
import type { Grant } from "./view.ts";

/**
 * Trades a refresh token for its successor. A second use, even at the same instant, ends the whole session:
 * of two who hold one token, one has stolen it. A client sends one refresh at a time.
 * @throws RefusalError `auth.refresh_invalid`.
 */
export async function refresh(ctx: PublicContext, input: { refreshToken: string }): Promise<Grant> {
  const { request, now } = ctx;
  const presented = readToken(input.refreshToken) ?? refuse({ code: "auth.refresh_invalid" });
  const { token: refreshToken, hash: successorHash } = makeToken(
    request.resources.runtime,
    presented.organizationId,
  );
  const granted = await ctx.transactIn(presented.organizationId, async (unit) => {
    const session = await rotateRefreshToken.first(unit, {
      tokenHash: presented.hash,
      at: now,
      successorId: ctx.newId(),
      successorHash,
    });
    if (session) return grant(request.resources, unit, { ...session, refreshToken }, now);
    // Refused after the commit: a throw in here would take the revocation back.
    await revokeReused(unit, { tokenHash: presented.hash, at: now });
    return null;
  });
  return granted ?? refuse({ code: "auth.refresh_invalid" });
}
