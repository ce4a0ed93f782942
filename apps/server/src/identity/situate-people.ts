import { type LockedPerson, type Unit, lockPeople } from "@helpdesk/db";
import { type Person, permissionSet, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";

const toPerson = (row: LockedPerson): Person => ({
  ...row,
  permissions: permissionSet(row.permissions),
});

/**
 * Locks the actor and the person a change is about, as they are now and not as the request began.
 * @throws RefusalError `user.not_found`, or `auth.required` where the actor was deactivated meanwhile.
 */
export async function situatePeople(
  ctx: Context,
  unit: Unit,
  userId: string,
): Promise<{ actor: Person; person: Person }> {
  const rows = await lockPeople(unit, { actorId: ctx.actor.userId, userId });
  const actor = rows.find(({ id, deactivatedAt }) => id === ctx.actor.userId && deactivatedAt === null);
  const person = rows.find(({ id }) => id === userId);
  const acting = toPerson(actor ?? refuse({ code: "auth.required" }));
  const { via, permissions: inScope } = ctx.actor;
  return {
    // What their role allows is not what their key does.
    actor: via ? { ...acting, permissions: acting.permissions.intersection(inScope) } : acting,
    person: toPerson(person ?? refuse({ code: "user.not_found" })),
  };
}

/** The actor alone, locked. */
export const situateActor = async (ctx: Context, unit: Unit): Promise<Person> =>
  (await situatePeople(ctx, unit, ctx.actor.userId)).actor;
