import { refuse } from "../refusal.ts";
import type { DeskCalendar, SlaPolicy } from "../sla/index.ts";
import type { TicketField } from "./fields.ts";
import type { AssignmentStrategy } from "../values.ts";
import type { StatusGraph } from "./status.ts";
import type { Ticket } from "./ticket.ts";

export interface Department {
  id: string;
  name: string;
  managerId: string | null;
  calendarId: string | null;
  assignment: AssignmentStrategy;
  memberIds: ReadonlySet<string>;
}

/** What clocks count by. */
export interface SlaRules {
  policies: readonly SlaPolicy[];
  calendars: ReadonlyMap<string, DeskCalendar>;
  /** A department's own calendar; null for that of the policy. */
  departments: ReadonlyMap<string, { calendarId: string | null }>;
}

/** The rules of one organization that decisions on tickets need. */
export interface Desk extends SlaRules {
  organizationId: string;
  statuses: StatusGraph;
  departments: ReadonlyMap<string, Department>;
  /** Of what clocks count by, in the organization's log of it. */
  rulesVersion: number;
  /** Those that are not archived, in their order. */
  fields: readonly TicketField[];
  /** After how long a customer is asked about a resolution; null where nobody is asked. */
  surveyDelaySeconds: number | null;
}

/** The manager of a ticket's department, or every department's while it has none. */
export function managersOf({ departmentId }: Pick<Ticket, "departmentId">, desk: Desk): (string | null)[] {
  const department = departmentId === null ? undefined : desk.departments.get(departmentId);
  return (department ? [department] : [...desk.departments.values()]).map(({ managerId }) => managerId);
}

/** @throws RefusalError `department.not_found` where the organization has no such open department. */
export const departmentOf = (desk: Desk, departmentId: string): Department =>
  desk.departments.get(departmentId) ?? refuse({ code: "department.not_found" });
