import {
  type LockedDepartment,
  type Unit,
  findDepartment,
  findDepartmentReaders,
  listPolicies,
  lockDepartment,
} from "@helpdesk/db";
import { type Instant, expectVersion, refuse } from "@helpdesk/domain";
import { calendarRowOf, compiled, expectReachable } from "../sla/reach.ts";
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

/** Proves that tickets can be counted by a calendar. @throws RefusalError `calendar.not_found`, `sla_policy.unreachable`. */
export async function expectCalendar(unit: Unit, calendarId: string, at: Instant): Promise<void> {
  const calendar = compiled(await calendarRowOf(unit, calendarId));
  for (const policy of await listPolicies(unit)) expectReachable(policy, calendarId, calendar, at);
}

export const departmentIn = async (unit: Unit, departmentId: string): Promise<DepartmentView> =>
  (await findDepartment.first(unit, { departmentId }))!;
