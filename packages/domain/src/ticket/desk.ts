import { refuse } from "../refusal.ts";
import type { DeskCalendar, SlaPolicy } from "../sla/index.ts";
import type { StatusGraph } from "./status.ts";

export interface Department {
  id: string;
  name: string;
  managerId: string | null;
  calendarId: string | null;
  memberIds: ReadonlySet<string>;
}

/** The rules of one organization that decisions on tickets need. */
export interface Desk {
  organizationId: string;
  statuses: StatusGraph;
  departments: ReadonlyMap<string, Department>;
  policies: readonly SlaPolicy[];
  calendars: ReadonlyMap<string, DeskCalendar>;
}

/** @throws RefusalError `department.not_found` where the organization has no such open department. */
export const departmentOf = (desk: Desk, departmentId: string): Department =>
  desk.departments.get(departmentId) ?? refuse({ code: "department.not_found" });
