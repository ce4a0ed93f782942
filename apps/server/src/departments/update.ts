import { updateDepartment as write } from "@helpdesk/db";
import { expectVersion } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { updateInput } from "./input.ts";
import { departmentIn, expectEligible, situateOpen } from "./situate.ts";
import type { DepartmentView } from "./view.ts";

/** Changes an open department; what is left out stays. @throws RefusalError as `departments.update` declares. */
export const updateDepartment = (
  ctx: Context,
  input: z.output<typeof updateInput>,
): Promise<DepartmentView> =>
  ctx.transact(async (unit) => {
    const { departmentId, version } = input;
    const department = await situateOpen(unit, departmentId);
    expectVersion(department, version);
    const { name = department.name, description = department.description } = input;
    const { managerId = department.managerId } = input;
    if (managerId !== null && managerId !== department.managerId) await expectEligible(unit, [managerId]);
    await write(unit, { departmentId, name, description, managerId, at: ctx.now });
    return departmentIn(unit, departmentId);
  });
