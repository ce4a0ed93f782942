import { insertDepartment } from "@helpdesk/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { logRules } from "../sla/log-rules.ts";
import type { createInput } from "./input.ts";
import { departmentIn, expectCalendar, expectEligible } from "./situate.ts";
import type { DepartmentView } from "./view.ts";

/** Makes a department without members. @throws RefusalError as `departments.create` declares. */
export const createDepartment = (
  ctx: Context,
  input: z.output<typeof createInput>,
): Promise<DepartmentView> =>
  ctx.transact(async (unit) => {
    const departmentId = ctx.newId();
    await expectEligible(unit, input.managerId === null ? [] : [input.managerId]);
    if (input.calendarId !== null) await expectCalendar(unit, input.calendarId, ctx.now);
    await insertDepartment(unit, { ...input, departmentId, at: ctx.now });
    if (input.calendarId !== null) await logRules(ctx, unit, [departmentId]);
    return departmentIn(unit, departmentId);
  });
