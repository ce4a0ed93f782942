import { setMemberCapacity as write } from "@helpdesk/db";
import { expectManages, expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { departmentIn, situateOpen } from "./situate.ts";
import type { DepartmentView } from "./view.ts";

interface SetMemberCapacity {
  departmentId: string;
  version: number;
  userId: string;
  capacity: number | null;
}

/** Says how many open tickets a member may have and be given more, whatever the department says. @throws RefusalError as `departments.setMemberCapacity` declares. */
export const setMemberCapacity = (ctx: Context, input: SetMemberCapacity): Promise<DepartmentView> =>
  ctx.transact(async (unit) => {
    const { departmentId, version, userId, capacity } = input;
    const department = await situateOpen(unit, departmentId);
    expectManages(ctx.actor, department);
    expectVersion(department, version);
    const written = await write.first(unit, { departmentId, userId, capacity, at: ctx.now });
    if (!written) refuse({ code: "user.not_found" });
    return departmentIn(unit, departmentId);
  });
