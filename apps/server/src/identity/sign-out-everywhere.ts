import { revokeAuthSessions } from "@helpdesk/db";
import { expectInPerson } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Ends every session of the person, this one too. @throws RefusalError `auth.session_required`. */
export const signOutEverywhere = (ctx: Context): Promise<null> =>
  ctx.transact(async (unit) => {
    expectInPerson(ctx.actor);
    const { userId } = ctx.actor;
    await revokeAuthSessions(unit, { userId, exceptId: null, at: ctx.now, reason: "signed_out_everywhere" });
    return null;
  });
