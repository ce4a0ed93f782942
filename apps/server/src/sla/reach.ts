import {
  type CalendarRow,
  type Unit,
  listCalendars,
  listDepartmentCalendars,
  listPolicies,
} from "@helpdesk/db";
import {
  CalendarError,
  type CompiledCalendar,
  type Instant,
  type SlaPolicy,
  compileCalendar,
  dueAt,
  refuse,
  slaMetrics,
  targetSecondsOf,
} from "@helpdesk/domain";
import { businessHoursOf } from "./input.ts";

/** A calendar as it is stored now. @throws RefusalError `calendar.not_found`. */
export const calendarRowOf = async (unit: Unit, id: string): Promise<CalendarRow> =>
  (await listCalendars.first(unit, { id })) ?? refuse({ code: "calendar.not_found" });

export const compiled = (row: CalendarRow): CompiledCalendar => compileCalendar(businessHoursOf(row));

/**
 * Proves that every policy that may count by a calendar can: those of its own, and all where departments have it.
 * @throws RefusalError `sla_policy.unreachable`.
 */
export async function expectUsable(unit: Unit, row: CalendarRow, at: Instant): Promise<void> {
  const calendar = compiled(row);
  const isDepartments = (await listDepartmentCalendars(unit)).some(({ calendarId }) => calendarId === row.id);
  for (const policy of await listPolicies(unit)) {
    if (isDepartments || policy.calendarId === row.id) expectReachable(policy, row.id, calendar, at);
  }
}

/** Proves each target of a policy by counting it. @throws RefusalError `sla_policy.unreachable`. */
export function expectReachable(
  policy: SlaPolicy,
  calendarId: string,
  calendar: CompiledCalendar,
  at: Instant,
): void {
  for (const metric of slaMetrics) {
    const targetSeconds = targetSecondsOf(policy, metric);
    if (targetSeconds === null) continue;
    try {
      dueAt(calendar, at, targetSeconds);
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      refuse({ code: "sla_policy.unreachable", policyId: policy.id, metric, calendarId });
    }
  }
}
