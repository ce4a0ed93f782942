import {
  compileCalendar,
  type Desk,
  type EscalationAction,
  policyDefaults,
  type SlaEscalations,
  StatusGraph,
} from "@helpdesk/domain";
import type { SeededHoliday } from "./desks.ts";
import type { OrganizationRows } from "../organizations/new-organization.ts";

const told: EscalationAction = { kind: "notify", roles: ["assignee", "manager"], userIds: [] };

export interface SeededCalendar {
  row: OrganizationRows["calendar"];
  holidays: readonly SeededHoliday[];
}

const HOUR = 3_600;

/** What the seeded desks do about promises that are nearly or quite broken, by the policy's name. */
const alerts: Readonly<Record<string, SlaEscalations["steps"]>> = {
  Urgent: [
    { metric: "first_response", afterDueSeconds: HOUR / 2, action: { kind: "reassign", userId: null } },
    { metric: "resolution", afterDueSeconds: 0, action: told },
  ],
  High: [{ metric: "resolution", afterDueSeconds: HOUR, action: told }],
  Medium: [
    { metric: "resolution", afterDueSeconds: 0, action: { kind: "raise_priority", priority: null } },
    { metric: "resolution", afterDueSeconds: 4 * HOUR, action: told },
  ],
};

/** An organization's rows with a warning after three quarters of each promise, and with escalation steps. */
export const withAlerts = (rows: OrganizationRows): OrganizationRows => ({
  ...rows,
  policies: rows.policies.map((policy) => ({
    ...policy,
    warnings: {
      beforeDueSeconds: {
        first_response: policy.firstResponseTargetSeconds! / 4,
        next_response: policy.nextResponseTargetSeconds! / 4,
        resolution: policy.resolutionTargetSeconds! / 4,
      },
    },
    escalations: { steps: alerts[policy.name] ?? [] },
  })),
});

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
          assignment: "manual",
          memberIds: new Set(
            members.filter((each) => each.departmentId === department.id).map((each) => each.userId),
          ),
        },
      ]),
    ),
    policies: policies.map(({ conditions = {}, warnings = {}, escalations = {}, ...policy }) => ({
      ...policyDefaults,
      id: policy.id,
      version: 1,
      position: policy.position,
      conditions,
      warnings,
      escalations,
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
    fields: [],
    surveyDelaySeconds: null,
    rulesVersion: 1,
  };
}
