import { findPerson, holdRole, setRoleOf } from "@helpdesk/db";
import { canHaveTickets, giveRole, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { releaseTicketsOf } from "../tickets/release.ts";
import { stateOf } from "./role-state.ts";
import { situatePeople } from "./situate-people.ts";
import type { User } from "./view.ts";

interface Input {
  userId: string;
  version: number;
  roleId?: string | undefined;
  roleKey?: string | undefined;
}

/** Gives a person another role; it holds from their next request on. One that can have no tickets leaves them none. @throws RefusalError as `users.setRole` declares. */
export const setRole = (ctx: Context, { userId, version, roleId, roleKey }: Input): Promise<User> =>
  ctx.transact(async (unit) => {
    const { actor, person } = await situatePeople(ctx, unit, userId);
    const role = await holdRole.first(unit, { id: roleId ?? null, key: roleKey ?? null });
    const state = stateOf(role ?? refuse({ code: "role.not_found" }));
    if (giveRole(actor, person, state, version)) {
      await setRoleOf(unit, { userId, roleId: state.id, at: ctx.now });
      if (!canHaveTickets(state.permissions)) await releaseTicketsOf(ctx, unit, userId);
    }
    return (await findPerson.first(unit, { userId }))!;
  });
