import { deleteRole as remove, findRoleUse, lockRole } from "@helpdesk/db";
import { expectOwnMaking, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { stateOf } from "./role-state.ts";
import { situateActor } from "./situate-people.ts";

/** Deletes a role that nobody has. @throws RefusalError as `roles.delete` declares. */
export const deleteRole = (ctx: Context, input: { roleId: string; version: number }): Promise<null> =>
  ctx.transact(async (unit) => {
    const actor = await situateActor(ctx, unit);
    const row = (await lockRole.first(unit, { id: input.roleId })) ?? refuse({ code: "role.not_found" });
    expectOwnMaking(actor, stateOf(row), input.version);
    const { isInUse } = (await findRoleUse.first(unit, { id: row.id }))!;
    if (isInUse) refuse({ code: "role.in_use" });
    await remove(unit, { id: row.id });
    return null;
  });
