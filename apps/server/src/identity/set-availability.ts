import { findPerson, setAvailability as write } from "@helpdesk/db";
import { expectLeads, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { User } from "./view.ts";

/**
 * Says whether one is there or away, or somebody of a department that one leads: who is away is given no tickets but by
 * hand, and keeps what they have. @throws RefusalError as `users.setAvailability` declares.
 */
export const setAvailability = (
  ctx: Context,
  input: { userId?: string | undefined; isAvailable: boolean },
): Promise<User> =>
  ctx.transact(async (unit) => {
    const { actor, desk } = ctx;
    const { userId = actor.userId, isAvailable } = input;
    if (userId !== actor.userId) expectLeads(actor, userId, desk.departments.values());
    await write(unit, { userId, isAvailable });
    return (await findPerson.first(unit, { userId })) ?? refuse({ code: "user.not_found" });
  });
