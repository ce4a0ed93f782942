import { holdTeam, setDepartmentMembers } from "@helpdesk/db";
import { expectManages, expectVersion } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { setMembersInput } from "./input.ts";
import { departmentIn, expectEligible, situateOpen } from "./situate.ts";
import type { DepartmentView } from "./view.ts";

/** Makes exactly these people the members of an open department. @throws RefusalError as `departments.setMembers` declares. */
export const setMembers = (ctx: Context, input: z.output<typeof setMembersInput>): Promise<DepartmentView> =>
  ctx.transact(async (unit) => {
    const { departmentId, version } = input;
    const department = await situateOpen(unit, departmentId);
    expectManages(ctx.actor, department);
    expectVersion(department, version);
    const userIds = [...new Set(input.userIds)];
    await expectEligible(unit, userIds);
    // Nobody is given a ticket meanwhile: people are locked before what is theirs.
    await holdTeam(unit, { departmentId });
    await setDepartmentMembers(unit, { departmentId, userIds: JSON.stringify(userIds), at: ctx.now });
    return departmentIn(unit, departmentId);
  });
