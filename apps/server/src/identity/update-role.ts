import { lockRole, updateRole as write } from "@helpdesk/db";
import { type Permission, changeRole, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { updateRoleInput } from "./input.ts";
import { stateOf } from "./role-state.ts";
import { situateActor } from "./situate-people.ts";
import { type Role, toRole } from "./view.ts";

/** Changes a role for everybody who has it; what is left out stays. @throws RefusalError as `roles.update` declares. */
export const updateRole = (ctx: Context, input: z.output<typeof updateRoleInput>): Promise<Role> =>
  ctx.transact(async (unit) => {
    const actor = await situateActor(ctx, unit);
    const row = (await lockRole.first(unit, { id: input.roleId })) ?? refuse({ code: "role.not_found" });
    const state = stateOf(row);
    const permissions: ReadonlySet<Permission> = input.permissions
      ? new Set(input.permissions)
      : state.permissions;
    changeRole(actor, state, permissions, input.version);
    const { name = row.name, description = row.description } = input;
    const values = { id: row.id, name, description, permissions: JSON.stringify([...permissions]) };
    return toRole((await write.first(unit, { ...values, at: ctx.now }))!);
  });
