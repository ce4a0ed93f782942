import { compileCalendar, type Desk, policyDefaults, StatusGraph } from "@helpdesk/domain";
import type { SeededHoliday } from "./desks.ts";
import type { OrganizationRows } from "../organizations/new-organization.ts";

export interface SeededCalendar {
  row: OrganizationRows["calendar"];
  holidays: readonly SeededHoliday[];
}

/** The rules of a seeded organization as the domain reads them. */
export function rulesOf(
  { organization, statuses, transitions, policies }: OrganizationRows,
  calendars: readonly SeededCalendar[],
  departments: readonly { id: string; name: string; managerId: string; calendarId: string | null }[],
  members: readonly { departmentId: string; userId: string }[],
): Desk {
  return {
    organizationId: organization.id,
    statuses: new StatusGraph(
      statuses.map((status) => ({
        id: status.id,
        key: status.key,
        name: status.name,
        category: status.category,
        color: status.color,
        position: status.position,
        isDefault: status.isDefault ?? false,
        isResolved: status.isResolved ?? false,
        nextIds: transitions
          .filter(({ fromStatusId }) => fromStatusId === status.id)
          .map((each) => each.toStatusId),
      })),
    ),
    departments: new Map(
      departments.map((department) => [
        department.id,
        {
          ...department,
          memberIds: new Set(
            members.filter((each) => each.departmentId === department.id).map((each) => each.userId),
          ),
        },
      ]),
    ),
    policies: policies.map(({ conditions = {}, warnings = {}, ...policy }) => ({
      ...policyDefaults,
      id: policy.id,
      version: 1,
      position: policy.position,
      conditions,
      warnings,
      calendarId: policy.calendarId,
      firstResponseTargetSeconds: policy.firstResponseTargetSeconds ?? null,
      nextResponseTargetSeconds: policy.nextResponseTargetSeconds ?? null,
      resolutionTargetSeconds: policy.resolutionTargetSeconds ?? null,
      isActive: true,
    })),
    calendars: new Map(
      calendars.map(({ row: { id, timeZone, hours }, holidays }) => {
        const dated = holidays.map(({ date, intervals }) => (intervals ? { date, hours: intervals } : date));
        return [id, { id, version: 1, ...compileCalendar({ timeZone, hours, holidays: dated }) }];
      }),
    ),
  };
}
