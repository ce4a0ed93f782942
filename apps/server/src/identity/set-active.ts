import { closePasswordLinks, findPerson, revokeAuthSessions, setDeactivatedAt } from "@helpdesk/db";
import { deactivate as decideOut, reactivate as decideIn } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { situatePeople } from "./situate-people.ts";
import { type User, toUser } from "./view.ts";

interface Input {
  userId: string;
  version: number;
}

/** Puts a person out and ends their sessions and links; a second time changes nothing. @throws RefusalError as `users.deactivate` declares. */
export const deactivate = (ctx: Context, { userId, version }: Input): Promise<User> =>
  ctx.transact(async (unit) => {
    const { actor, person } = await situatePeople(ctx, unit, userId);
    const deactivatedAt = decideOut(actor, person, version, ctx.now);
    if (person.deactivatedAt === null) {
      await setDeactivatedAt(unit, { userId, deactivatedAt, at: ctx.now });
      await revokeAuthSessions(unit, { userId, exceptId: null, at: ctx.now, reason: "user_deactivated" });
      await closePasswordLinks(unit, { userId, at: ctx.now });
    }
    return toUser((await findPerson.first(unit, { userId }))!);
  });

/** Lets a person in again; they sign in anew. @throws RefusalError as `users.reactivate` declares. */
export const reactivate = (ctx: Context, { userId, version }: Input): Promise<User> =>
  ctx.transact(async (unit) => {
    const { actor, person } = await situatePeople(ctx, unit, userId);
    decideIn(actor, person, version);
    if (person.deactivatedAt !== null)
      await setDeactivatedAt(unit, { userId, deactivatedAt: null, at: ctx.now });
    return toUser((await findPerson.first(unit, { userId }))!);
  });
