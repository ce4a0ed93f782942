import { findPerson, holdRole, setRoleOf } from "@helpdesk/db";
import { giveRole, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { stateOf } from "./role-state.ts";
import { situatePeople } from "./situate-people.ts";
import { type User, toUser } from "./view.ts";

interface Input {
  userId: string;
  version: number;
  roleId?: string | undefined;
  roleKey?: string | undefined;
}

/** Gives a person another role; it holds from their next request on. @throws RefusalError as `users.setRole` declares. */
export const setRole = (ctx: Context, { userId, version, roleId, roleKey }: Input): Promise<User> =>
  ctx.transact(async (unit) => {
    const { actor, person } = await situatePeople(ctx, unit, userId);
    const role = await holdRole.first(unit, { id: roleId ?? null, key: roleKey ?? null });
    const { id } = role ?? refuse({ code: "role.not_found" });
    if (giveRole(actor, person, stateOf(role!), version))
      await setRoleOf(unit, { userId, roleId: id, at: ctx.now });
    return toUser((await findPerson.first(unit, { userId }))!);
  });
