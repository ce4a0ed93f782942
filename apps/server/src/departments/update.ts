import { updateDepartment as write } from "@helpdesk/db";
import { expectVersion } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { requestRecount } from "../sla/request-recount.ts";
import type { updateInput } from "./input.ts";
import { departmentIn, expectCalendar, expectEligible, situateOpen } from "./situate.ts";
import type { DepartmentView } from "./view.ts";

/**
 * Changes an open department; what is left out stays. By another calendar its running clocks are counted from then on.
 * @throws RefusalError as `departments.update` declares.
 */
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
    const { assignment = department.assignment, capacity = department.capacity } = input;
    if (managerId !== null && managerId !== department.managerId) await expectEligible(unit, [managerId]);
    const { calendarId = department.calendarId } = input;
    const isSwitched = calendarId !== department.calendarId;
    if (isSwitched && calendarId !== null) await expectCalendar(unit, calendarId, ctx.now);
    const values = { name, description, managerId, calendarId, assignment, capacity };
    await write(unit, { ...values, departmentId, at: ctx.now });
    if (isSwitched) await requestRecount(ctx, unit, [departmentId]);
    return departmentIn(unit, departmentId);
  });
