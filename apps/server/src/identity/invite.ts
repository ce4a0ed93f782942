import { findPerson, holdRole, insertPerson } from "@helpdesk/db";
import { expectWithinOwn, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { inviteInput } from "./input.ts";
import { requestLink } from "./links.ts";
import { stateOf } from "./role-state.ts";
import { situateActor } from "./situate-people.ts";
import type { User } from "./view.ts";

/** Makes a person without a password and has an invitation mailed. @throws RefusalError as `users.invite` declares. */
export const invite = (ctx: Context, input: z.output<typeof inviteInput>): Promise<User> =>
  ctx.transact(async (unit) => {
    const { now, newId, desk } = ctx;
    const { jobs } = ctx.request.resources;
    const departmentIds = [...new Set(input.departmentIds)];
    if (!departmentIds.every((id) => desk.departments.has(id))) refuse({ code: "department.not_found" });
    const actor = await situateActor(ctx, unit);
    const role =
      (await holdRole.first(unit, { id: null, key: input.roleKey })) ?? refuse({ code: "role.not_found" });
    expectWithinOwn(actor, stateOf(role).permissions);
    const userId = newId();
    const { email, name } = input;
    const person = { id: userId, email, name, roleId: role.id, departmentIds: JSON.stringify(departmentIds) };
    await insertPerson(unit, { ...person, at: now });
    await requestLink({ jobs, newId, now }, unit, { userId, purpose: "accept_invitation" });
    return (await findPerson.first(unit, { userId }))!;
  });
