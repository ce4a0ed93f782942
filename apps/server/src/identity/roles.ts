import {
  type RoleRow,
  deleteRole as remove,
  insertRole,
  listRoles as listRows,
  lockRole,
  updateRole as write,
} from "@helpdesk/db";
import {
  type Permission,
  type Role as RoleState,
  changeRole,
  expectOwnMaking,
  expectWithinOwn,
  isPermission,
  refuse,
} from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { createRoleInput, updateRoleInput } from "./input.ts";
import { situateActor } from "./situate-people.ts";
import { type Role, toRole } from "./view.ts";

export const stateOf = (row: RoleRow): RoleState => ({
  ...row,
  permissions: new Set(row.permissions.filter(isPermission)),
});

export async function listRoles(ctx: Context): Promise<Role[]> {
  return (await listRows(ctx.read)).map(toRole);
}

/** @throws RefusalError `role.exceeds_own`, `role.key_taken`. */
export const createRole = (ctx: Context, input: z.output<typeof createRoleInput>): Promise<Role> =>
  ctx.transact(async (unit) => {
    const permissions = new Set(input.permissions);
    expectWithinOwn(await situateActor(ctx, unit), permissions);
    const values = { ...input, permissions: JSON.stringify([...permissions]) };
    return toRole((await insertRole.first(unit, { ...values, id: ctx.newId(), at: ctx.now }))!);
  });

/** What is left out stays. @throws RefusalError as `roles.update` declares. */
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

/** @throws RefusalError as `roles.delete` declares. */
export const deleteRole = (ctx: Context, input: { roleId: string; version: number }): Promise<null> =>
  ctx.transact(async (unit) => {
    const actor = await situateActor(ctx, unit);
    const row = (await lockRole.first(unit, { id: input.roleId })) ?? refuse({ code: "role.not_found" });
    expectOwnMaking(actor, stateOf(row), input.version);
    if (row.isInUse) refuse({ code: "role.in_use" });
    await remove(unit, { id: row.id });
    return null;
  });
