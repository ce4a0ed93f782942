import { findPerson } from "@helpdesk/db";
import { inviteAgain, mailLimit, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { countOneMore, expectWithinLimit, mailSubject } from "./attempts.ts";
import { requestLink } from "./links.ts";
import { situatePeople } from "./situate-people.ts";
import type { User } from "./view.ts";

/** Has an invitation mailed to somebody without a password; the one before ends. @throws RefusalError as `users.resendInvitation` declares. */
export const resendInvitation = (ctx: Context, { userId }: { userId: string }): Promise<User> =>
  ctx.transact(async (unit) => {
    const { now, newId } = ctx;
    const { jobs } = ctx.request.resources;
    const { actor, person } = await situatePeople(ctx, unit, userId);
    inviteAgain(actor, person);
    const user = (await findPerson.first(unit, { userId }))!;
    if (user.hasPassword || user.isService || user.deactivatedAt !== null)
      refuse({ code: "user.not_invitable" });
    const counted = await countOneMore(unit, [mailSubject(user.email)], mailLimit, now);
    expectWithinLimit(counted, mailLimit, now);
    await requestLink({ jobs, newId, now }, unit, { userId, purpose: "accept_invitation" });
    return user;
  });
