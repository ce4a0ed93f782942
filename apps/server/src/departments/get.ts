import { findDepartment } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { DepartmentView } from "./view.ts";

/** A department, archived or not, with who belongs to it. @throws RefusalError `department.not_found`. */
export const getDepartment = async (ctx: Context, input: { departmentId: string }): Promise<DepartmentView> =>
  (await findDepartment.first(ctx.read, input)) ?? refuse({ code: "department.not_found" });
