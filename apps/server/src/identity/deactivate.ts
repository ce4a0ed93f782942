import {
  closePasswordLinks,
  findPerson,
  revokeApiKeysOf,
  revokeAuthSessions,
  setDeactivatedAt,
} from "@helpdesk/db";
import { deactivate as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { releaseTicketsOf } from "../tickets/release.ts";
import { situatePeople } from "./situate-people.ts";
import type { User } from "./view.ts";

/** Puts a person out, ends their sessions, keys and links, and takes their open tickets from them; a second time changes nothing. @throws RefusalError as `users.deactivate` declares. */
export const deactivate = (ctx: Context, input: { userId: string; version: number }): Promise<User> =>
  ctx.transact(async (unit) => {
    const { userId, version } = input;
    const { actor, person } = await situatePeople(ctx, unit, userId);
    const deactivatedAt = decide(actor, person, version, ctx.now);
    if (person.deactivatedAt === null) {
      await setDeactivatedAt(unit, { userId, deactivatedAt, at: ctx.now });
      await revokeAuthSessions(unit, { userId, exceptId: null, at: ctx.now, reason: "user_deactivated" });
      await revokeApiKeysOf(unit, { ownerId: userId, at: ctx.now });
      await closePasswordLinks(unit, { userId, at: ctx.now });
      await releaseTicketsOf(ctx, unit, userId);
    }
    return (await findPerson.first(unit, { userId }))!;
  });
