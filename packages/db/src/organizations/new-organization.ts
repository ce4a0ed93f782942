import { builtInRoles, defaultStatuses, type Instant, type Priority } from "@helpdesk/domain";
import type {
  businessCalendars,
  mailAddresses,
  organizations,
  roles,
  slaPolicies,
  ticketCounters,
  users,
  ticketStatuses,
  ticketStatusTransitions,
  WeeklyHours,
} from "../schema/index.ts";

export interface OrganizationIdentity {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  locale: string;
}

/** What every organization starts with: the rows, table by table in the order they can be inserted. */
export interface OrganizationRows {
  organization: typeof organizations.$inferInsert;
  roles: (typeof roles.$inferInsert)[];
  statuses: (typeof ticketStatuses.$inferInsert)[];
  transitions: (typeof ticketStatusTransitions.$inferInsert)[];
  calendar: typeof businessCalendars.$inferInsert;
  policies: (typeof slaPolicies.$inferInsert)[];
  /** Where mail for it comes in. */
  mailAddress: typeof mailAddresses.$inferInsert;
  /** One for the desk's tickets, one for simulated ones. */
  counters: (typeof ticketCounters.$inferInsert)[];
  /** Whom simulated tickets are from. */
  simulatedCustomer: typeof users.$inferInsert;
}

/** Monday to Friday, nine to five. */
export const officeHours: WeeklyHours = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:00"]]]),
);

const HOUR = 3600;

/** First response, next response and resolution, in business seconds. */
const targets: Record<Priority, [name: string, first: number, next: number, resolution: number]> = {
  urgent: ["Urgent", HOUR / 2, HOUR, 4 * HOUR],
  high: ["High", HOUR, 2 * HOUR, 8 * HOUR],
  medium: ["Medium", 4 * HOUR, 8 * HOUR, 24 * HOUR],
  low: ["Low", 8 * HOUR, 16 * HOUR, 40 * HOUR],
};

/** The five roles, the status graph, an office calendar, a policy for each priority and an address for mail. `newId` is called with a name for each row. */
export function newOrganizationRows(
  organization: OrganizationIdentity,
  at: Instant,
  newId: (name: string) => string,
): OrganizationRows {
  const organizationId = organization.id;
  const mutable = { createdAt: at, updatedAt: at };
  const statusId = new Map(defaultStatuses.map(({ key }) => [key, newId(`status/${key}`)]));
  const calendarId = newId("calendar/Office hours");
  const roleIds = new Map(builtInRoles.map(({ key }) => [key, newId(`role/${key}`)]));
  const roleId = (key: string) => roleIds.get(key)!;
  return {
    organization: { ...organization, ...mutable },
    roles: builtInRoles.map((role) => ({
      ...role,
      ...mutable,
      organizationId,
      id: roleId(role.key),
      permissions: [...role.permissions],
      isBuiltIn: true,
    })),
    statuses: defaultStatuses.map(({ key, name, category, color, isDefault, isResolved }, position) => ({
      ...mutable,
      organizationId,
      id: statusId.get(key)!,
      key,
      name,
      category,
      color,
      position,
      isDefault,
      isResolved,
    })),
    transitions: defaultStatuses.flatMap(({ key, next }) =>
      next.map((to) => ({ organizationId, fromStatusId: statusId.get(key)!, toStatusId: statusId.get(to)! })),
    ),
    calendar: {
      ...mutable,
      organizationId,
      id: calendarId,
      name: "Office hours",
      timeZone: organization.timeZone,
      hours: officeHours,
    },
    policies: Object.entries(targets).map(([priority, [name, first, next, resolution]], position) => ({
      ...mutable,
      organizationId,
      id: newId(`policy/${priority}`),
      name,
      position,
      conditions: { priorities: [priority as Priority] },
      calendarId,
      firstResponseTargetSeconds: first,
      nextResponseTargetSeconds: next,
      resolutionTargetSeconds: resolution,
    })),
    mailAddress: { ...mutable, organizationId, id: newId("mail address/support"), localPart: "support" },
    counters: [false, true].map((isSimulated) => ({ organizationId, isSimulated })),
    simulatedCustomer: {
      ...mutable,
      organizationId,
      id: newId("user/simulated customer"),
      // No mail goes there: the name is reserved for what does not exist.
      email: "simulated-customer@training.invalid",
      name: "Simulated customer",
      roleId: roleId("customer"),
      deactivatedAt: at,
      isSimulated: true,
    },
  };
}
