import type { UserActor } from "../identity/actor.ts";
import { builtInRoles } from "../identity/role.ts";
import { compileCalendar, type CompiledCalendar } from "../sla/business-time.ts";
import { policyDefaults } from "../sla/policy.ts";
import type { Department, Desk } from "../ticket/desk.ts";
import { defaultStatuses, StatusGraph } from "../ticket/status.ts";
import { calendarEditions, openMinutes } from "./calendars.ts";
import type { ReferenceRules } from "./rules.ts";
import type { ProofRules } from "./timeline.ts";

/** How far ahead of its beginning the reference looks. */
const MINUTES = 75 * 1_440;

const once = <V>(make: (key: string) => V): ((key: string) => V) => {
  const made = new Map<string, V>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
};

const editionOf = (key: string) => {
  const [id, edition] = key.split(" ");
  return calendarEditions[id!]![Number(edition)]!;
};
const compiled = once((key): CompiledCalendar => compileCalendar(editionOf(key)));
const minutesOf = once((key) => openMinutes(editionOf(key), Number(key.split(" ")[2]), MINUTES));

const personOf = (roleKey: string, userId: string): UserActor => ({
  kind: "user",
  userId,
  organizationId: "acme",
  roleKey,
  permissions: new Set(builtInRoles.find(({ key }) => key === roleKey)!.permissions),
  departmentIds: new Set(),
  authSessionId: userId,
  via: null,
});

export const customer = personOf("customer", "customer");
export const admin = personOf("admin", "admin");
export const system = { kind: "system" as const, organizationId: "acme" };

const statuses = new StatusGraph(
  defaultStatuses.map(({ next, ...status }, position) => ({
    ...status,
    id: `id of ${status.key}`,
    position,
    nextIds: next.map((key) => `id of ${key}`),
  })),
);

/** The rules as the engine reads them. */
export const deskOf = (rules: ProofRules): Desk => ({
  organizationId: "acme",
  statuses,
  departments: new Map(
    Object.entries(rules.departmentCalendars).map(([id, calendarId]): [string, Department] => [
      id,
      { id, name: id, managerId: null, calendarId, assignment: "manual", memberIds: new Set() },
    ]),
  ),
  policies: rules.policies.map((policy, position) => ({
    ...policyDefaults,
    id: policy.id,
    version: policy.version,
    position,
    conditions: { priorities: policy.priorities },
    calendarId: policy.calendarId,
    firstResponseTargetSeconds: policy.targets.first_response,
    nextResponseTargetSeconds: policy.targets.next_response,
    resolutionTargetSeconds: policy.targets.resolution,
    pausesFirstResponse: policy.pausesFirstResponse,
    pausesResolution: policy.pausesResolution,
    reopenMode: policy.reopenMode,
    isActive: policy.isActive,
  })),
  calendars: new Map(
    Object.entries(rules.editions).map(([id, edition]) => [
      id,
      { ...compiled(`${id} ${edition}`), id, version: edition + 1 },
    ]),
  ),
  fields: [],
  surveyDelaySeconds: null,
  rulesVersion: 1,
});

/** The same as the reference reads them. */
export const referenceRulesOf = (
  { policies, departmentCalendars, editions }: ProofRules,
  baseMs: number,
): ReferenceRules => ({
  policies,
  departmentCalendars,
  open: Object.fromEntries(
    Object.entries(editions).map(([id, edition]) => [id, minutesOf(`${id} ${edition} ${baseMs}`)]),
  ),
});
