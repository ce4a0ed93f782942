import { findCredential } from "@helpdesk/db";
import { expectInPerson, mailLimit, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { countOneMore, expectWithinLimit, mailSubject } from "./attempts.ts";
import { requestLink } from "./links.ts";

/** Has a link mailed that proves one's address; where it is proven already, nothing happens. @throws RefusalError `auth.throttled`, `auth.session_required`. */
export async function requestEmailVerification(ctx: Context): Promise<null> {
  const { now, newId, request } = ctx;
  expectInPerson(ctx.actor);
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
