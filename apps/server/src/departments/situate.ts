import {
  type LockedDepartment,
  type Unit,
  findDepartment,
  findDepartmentReaders,
  lockDepartment,
} from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { DepartmentView } from "./view.ts";

/** Locks an open department. @throws RefusalError `department.not_found`. */
export async function situateOpen(unit: Unit, departmentId: string): Promise<LockedDepartment> {
  const department = await lockDepartment.first(unit, { departmentId });
  return department?.archivedAt === null ? department : refuse({ code: "department.not_found" });
}

/** Locks a department, archived or not, as it was read. @throws RefusalError `department.not_found`, `version.conflict`. */
export async function situateRead(
  unit: Unit,
  { departmentId, version }: { departmentId: string; version: number },
): Promise<LockedDepartment> {
  const row = await lockDepartment.first(unit, { departmentId });
  const department = row ?? refuse({ code: "department.not_found" });
  expectVersion(department, version);
  return department;
}

/** @throws RefusalError `department.member_not_eligible` with those who are not active or do not see departments' tickets. */
export async function expectEligible(unit: Unit, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  const eligible = await findDepartmentReaders(unit, { userIds: JSON.stringify(userIds) });
  const others = new Set(userIds).difference(new Set(eligible.map(({ id }) => id)));
  if (others.size > 0) refuse({ code: "department.member_not_eligible", userIds: [...others] });
}

export const departmentIn = async (unit: Unit, departmentId: string): Promise<DepartmentView> =>
  (await findDepartment.first(unit, { departmentId }))!;
