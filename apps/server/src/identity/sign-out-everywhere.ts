import { revokeAuthSessions } from "@helpdesk/db";
import type { Context } from "../context.ts";

/** Ends every session of the person, this one too. */
export const signOutEverywhere = (ctx: Context): Promise<null> =>
  ctx.transact(async (unit) => {
    const { userId } = ctx.actor;
    await revokeAuthSessions(unit, { userId, exceptId: null, at: ctx.now, reason: "signed_out_everywhere" });
    return null;
  });
