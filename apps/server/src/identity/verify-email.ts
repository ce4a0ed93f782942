import { findCredential, setEmailVerified, useAuthToken } from "@helpdesk/db";
import { mailLimit, refuse } from "@helpdesk/domain";
import type { Context, PublicContext } from "../context.ts";
import { countOneMore, expectWithinLimit, mailSubject } from "./attempts.ts";
import { requestLink } from "./links.ts";
import { readToken } from "./tokens.ts";

/** Has a link mailed that proves one's address; where it is proven already, nothing happens. @throws RefusalError `auth.throttled`. */
export async function requestEmailVerification(ctx: Context): Promise<null> {
  const { now, newId, request } = ctx;
  const { userId } = ctx.actor;
  const { jobs } = request.resources;
  return ctx.transact(async (unit) => {
    const credential = (await findCredential.first(unit, { userId })) ?? refuse({ code: "auth.required" });
    if (credential.emailVerifiedAt !== null) return null;
    expectWithinLimit(
      await countOneMore(unit, [mailSubject(credential.email)], mailLimit, now),
      mailLimit,
      now,
    );
    await requestLink({ jobs, newId, now }, unit, { userId, purpose: "verify_email" });
    return null;
  });
}

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
