import { setDepartmentArchivedAt } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { requestRecount } from "../sla/request-recount.ts";
import { departmentIn, situateRead } from "./situate.ts";
import type { DepartmentView } from "./view.ts";

/** Closes a department: no ticket can be routed to it, those in it stay. A second time changes nothing. @throws RefusalError as `departments.archive` declares. */
export const archiveDepartment = (
  ctx: Context,
  input: { departmentId: string; version: number },
): Promise<DepartmentView> =>
  ctx.transact(async (unit) => {
    const { departmentId } = input;
    const department = await situateRead(unit, input);
    if (department.archivedAt === null) {
      await setDepartmentArchivedAt(unit, { departmentId, archivedAt: ctx.now, at: ctx.now });
      // The hours of its own count while it is open.
      if (department.calendarId !== null) await requestRecount(ctx, unit, [departmentId]);
    }
    return departmentIn(unit, departmentId);
  });
