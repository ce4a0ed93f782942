import type { Actor, UserActor } from "../identity/actor.ts";
import { builtInRoles } from "../identity/role.ts";
import { type Instant, plusSeconds } from "../instant.ts";
import { type Refusal, RefusalError } from "../refusal.ts";
import { compileCalendar, type DeskCalendar, policyDefaults, type SlaPolicy } from "../sla/index.ts";
import type { Candidate } from "./assign.ts";
import type { Decision } from "./decision.ts";
import type { Department, Desk } from "./desk.ts";
import { openTicket, type TicketOpening } from "./open.ts";
import { setStatus } from "./set-status.ts";
import type { Situation } from "./situation.ts";
import { defaultStatuses, type Status, StatusGraph } from "./status.ts";
import type { Labelled } from "./ticket.ts";

/** Monday, 09:00 in Berlin: business hours begin. */
export const openedAt = "2026-01-12T08:00:00.000Z";
export const minute = (minutes: number): Instant => plusSeconds(openedAt, minutes * 60);

export const refusalOf = (work: () => unknown): Refusal | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
};

/** Someone of a built-in role, as the two things that rules see a person as. */
export function personOf(roleKey: string, id: string, ...departmentIds: string[]): UserActor & Candidate {
  const role = builtInRoles.find(({ key }) => key === roleKey);
  if (!role) throw new Error(`No built-in role ${roleKey}.`);
  return {
    kind: "user",
    userId: id,
    id,
    name: id.toUpperCase(),
    isActive: true,
    organizationId: "acme",
    roleKey,
    permissions: new Set(role.permissions),
    departmentIds: new Set(departmentIds),
    authSessionId: `auth session of ${id}`,
    via: null,
  };
}

export const cora = personOf("customer", "cora");
export const ada = personOf("agent", "ada", "support");
export const ben = personOf("agent", "ben", "support", "billing");
export const cleo = personOf("agent", "cleo", "billing");
export const mia = personOf("manager", "mia", "support", "billing");
export const adam = personOf("admin", "adam");
export const system: Actor = { kind: "system", organizationId: "acme" };

export const labelOfPerson = ({ id, name }: Candidate): Labelled => ({ id, label: name });

const weekday: [string, string][] = [["09:00", "17:00"]];
const hours = { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday };
const calendar = (id: string, timeZone: string): DeskCalendar => ({
  ...compileCalendar({ timeZone, hours, holidays: [] }),
  id,
  version: 1,
});
export const calendars = new Map(
  [calendar("berlin", "Europe/Berlin"), calendar("new_york", "America/New_York")].map((each) => [
    each.id,
    each,
  ]),
);

export const policy = (change: Partial<SlaPolicy> & { id: string }): SlaPolicy => ({
  ...policyDefaults,
  version: 1,
  position: 1,
  conditions: {},
  calendarId: "berlin",
  firstResponseTargetSeconds: null,
  nextResponseTargetSeconds: null,
  resolutionTargetSeconds: null,
  isActive: true,
  ...change,
});

const department = (id: string, managerId: string | null, memberIds: string[]): [string, Department] => [
  id,
  {
    id,
    name: id.toUpperCase(),
    managerId,
    calendarId: null,
    assignment: "manual",
    memberIds: new Set(memberIds),
  },
];

/** Status ids are not their keys, so that a rule that mixes them up is found out. */
export const statusId = (key: string): string => `id of ${key}`;

export const defaultGraph = new StatusGraph(
  defaultStatuses.map(({ next, ...status }, position): Status => ({
    ...status,
    id: statusId(status.key),
    position,
    nextIds: next.map(statusId),
  })),
);

/** One hour to a first response and eight to a resolution; half of that for what is urgent. */
export const desk: Desk = {
  organizationId: "acme",
  statuses: defaultGraph,
  departments: new Map([
    department("support", "mia", ["ada", "ben", "mia"]),
    department("billing", "max", ["ben", "cleo", "mia"]),
  ]),
  policies: [
    policy({
      id: "urgent",
      conditions: { priorities: ["urgent"] },
      firstResponseTargetSeconds: 1_800,
      resolutionTargetSeconds: 14_400,
    }),
    policy({ id: "any", position: 2, firstResponseTargetSeconds: 3_600, resolutionTargetSeconds: 28_800 }),
  ],
  calendars,
  fields: [
    {
      id: "size",
      key: "size",
      name: "Size",
      kind: "select",
      options: [
        { key: "small", name: "Small", isArchived: false },
        { key: "large", name: "Large", isArchived: false },
      ],
      min: null,
      max: null,
      requiredTo: null,
      customerAccess: "edit",
    },
  ],
  surveyDelaySeconds: null,
  rulesVersion: 1,
};

export const opening: TicketOpening = {
  id: "ticket",
  title: "The printer is on fire",
  priority: "medium",
  source: "web",
  customerId: "cora",
  departmentId: "support",
};

export const opened = (change: Partial<TicketOpening> = {}, on: Desk = desk): Decision =>
  openTicket(on, cora, openedAt, { ...opening, ...change });

/** What the next decision looks at, once this one is stored. */
export const after = (
  { ticket, cycles, categories }: Pick<Decision, "ticket" | "cycles" | "categories">,
  actor: Actor,
  at: Instant,
  on: Desk = desk,
): Situation => ({ ticket, cycles, categories, desk: on, actor, at });

/** The ticket in a status of the default graph, moved there in its tenth minute. */
export const movedTo = (status: string, from: Decision = opened()): Decision =>
  setStatus(after(from, mia, minute(10)), { status, version: from.ticket.version });
