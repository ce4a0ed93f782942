import { findErasureOf, findPerson, setDeactivatedAt } from "@helpdesk/db";
import { reactivate as decide, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { situatePeople } from "./situate-people.ts";
import type { User } from "./view.ts";

/** Lets a person in again; they sign in anew. @throws RefusalError as `users.reactivate` declares. */
export const reactivate = (ctx: Context, input: { userId: string; version: number }): Promise<User> =>
  ctx.transact(async (unit) => {
    const { userId, version } = input;
    const { actor, person } = await situatePeople(ctx, unit, userId);
    decide(actor, person, version);
    if (await findErasureOf.first(unit, { userId })) refuse({ code: "user.erased" });
    if (person.deactivatedAt !== null)
      await setDeactivatedAt(unit, { userId, deactivatedAt: null, at: ctx.now });
    return (await findPerson.first(unit, { userId }))!;
  });
