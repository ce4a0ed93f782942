import { insertRole } from "@helpdesk/db";
import { expectWithinOwn } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { createRoleInput } from "./input.ts";
import { situateActor } from "./situate-people.ts";
import { type Role, toRole } from "./view.ts";

/** Makes a role of one's own. @throws RefusalError `role.exceeds_own`, `role.key_taken`. */
export const createRole = (ctx: Context, input: z.output<typeof createRoleInput>): Promise<Role> =>
  ctx.transact(async (unit) => {
    const permissions = new Set(input.permissions);
    expectWithinOwn(await situateActor(ctx, unit), permissions);
    const values = { ...input, permissions: JSON.stringify([...permissions]) };
    return toRole((await insertRole.first(unit, { ...values, id: ctx.newId(), at: ctx.now }))!);
  });
