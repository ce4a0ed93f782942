import { revokeAuthSession } from "@helpdesk/db";
import type { Context } from "../context.ts";

/** Ends the session of this request. */
export const signOut = (ctx: Context): Promise<null> =>
  ctx.transact(async (unit) => {
    await revokeAuthSession(unit, {
      authSessionId: ctx.actor.authSessionId,
      at: ctx.now,
      reason: "signed_out",
    });
    return null;
  });
