import { revokeAuthSession } from "@helpdesk/db";
import { expectInPerson } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Ends the session of this request. @throws RefusalError `auth.session_required`. */
export const signOut = (ctx: Context): Promise<null> =>
  ctx.transact(async (unit) => {
    const authSessionId = expectInPerson(ctx.actor);
    await revokeAuthSession(unit, { authSessionId, at: ctx.now, reason: "signed_out" });
    return null;
  });
