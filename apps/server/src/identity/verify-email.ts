import { setEmailVerified, useAuthToken } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { PublicContext } from "../context.ts";
import { readToken } from "./tokens.ts";

/** Takes a mailed link as proof of the address. @throws RefusalError `auth.link_invalid`. */
export async function verifyEmail(ctx: PublicContext, input: { token: string }): Promise<null> {
  const { now } = ctx;
  const { organizationId, hash } = readToken(input.token) ?? refuse({ code: "auth.link_invalid" });
  return ctx.transactIn(organizationId, async (unit) => {
    const used = await useAuthToken.first(unit, { tokenHash: hash, purpose: "verify_email", at: now });
    const verified = used && (await setEmailVerified.first(unit, { userId: used.userId, at: now }));
    return verified ? null : refuse({ code: "auth.link_invalid" });
  });
}
