import { randomUUIDv7 } from "node:crypto";
import type { DeskRow, Sql } from "@helpdesk/db";

export interface Cast {
  organizationId: string;
  agentId: string;
  agentDepartmentId: string;
  customerId: string;
}

export const AGENT = "ben@lumen.example";
export const CUSTOMER = "nora@brightbakery.example";

/** The two people who make the calls. */
export async function findCast(sql: Sql): Promise<Cast> {
  const [row] = await sql.unsafe(
    `select agent.organization_id as "organizationId", agent.id as "agentId", m.department_id as "agentDepartmentId",
        customer.id as "customerId"
      from users agent join department_members m on m.organization_id = agent.organization_id and m.user_id = agent.id
        join users customer on customer.organization_id = agent.organization_id and customer.email = $2
      where agent.email = $1`,
    [AGENT, CUSTOMER],
  );
  return row as unknown as Cast;
}

type Department = DeskRow["departments"][number];

/** The two clocks of a new ticket; their due instants are only as right as a bare insert needs. */
export function clocksOf(desk: DeskRow, priority: string, department: Department, at: string) {
  const policy = desk.policies.find(({ conditions }) => conditions.priorities?.includes(priority as "high"))!;
  const calendar = desk.calendars.find(({ id }) => id === (department.calendarId ?? policy.calendarId))!;
  const targets = {
    first_response: policy.firstResponseTargetSeconds!,
    resolution: policy.resolutionTargetSeconds!,
  };
  const due = (seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString();
  return {
    slaPolicyId: policy.id,
    firstResponseDueAt: due(targets.first_response),
    resolutionDueAt: due(targets.resolution),
    rows: Object.entries(targets).map(([metric, targetSeconds]) => ({
      id: randomUUIDv7(),
      metric,
      ordinal: 1,
      state: "running",
      policyId: policy.id,
      policyVersion: policy.version,
      reason: { position: policy.position, matched: { priority } },
      standsWaiting: metric === "resolution",
      standsDone: metric === "resolution",
      calendarId: calendar.id,
      calendarVersion: calendar.version,
      targetSeconds,
      elapsedSeconds: 0,
      runningSince: at,
      startedAt: at,
      dueAt: due(targetSeconds),
      breachedAt: null,
      warnBeforeSeconds: null,
      warningAt: null,
      warnedAt: null,
      escalateAfterSeconds: null,
      escalationAt: null,
      escalatedAfterSeconds: null,
      satisfiedAt: null,
      closedAt: null,
    })),
  };
}
