import type { SlaEscalations } from "./escalation.ts";
import type { SlaWarnings } from "./warning.ts";
import type { Priority, ReopenMode, SlaMetric, Source } from "../values.ts";

/** All that are given must hold; an absent or empty list asks nothing. */
export interface SlaConditions {
  priorities?: readonly Priority[];
  departmentIds?: readonly string[];
  sources?: readonly Source[];
  /** The ticket has one of them. */
  tagIds?: readonly string[];
}

/** Targets in business seconds; null or 0 means the policy has no such metric. */
export interface SlaPolicy {
  id: string;
  version: number;
  position: number;
  conditions: SlaConditions;
  calendarId: string;
  firstResponseTargetSeconds: number | null;
  nextResponseTargetSeconds: number | null;
  resolutionTargetSeconds: number | null;
  pausesFirstResponse: boolean;
  pausesResolution: boolean;
  reopenMode: ReopenMode;
  warnings: SlaWarnings;
  escalations: SlaEscalations;
  isActive: boolean;
}

export const policyDefaults = {
  pausesFirstResponse: false,
  pausesResolution: true,
  reopenMode: "resume",
  warnings: {},
  escalations: {},
} as const satisfies Partial<SlaPolicy>;

/** What of a ticket decides its policy. */
export interface PolicyFacts {
  priority: Priority;
  departmentId: string | null;
  source: Source;
  tagIds: readonly string[];
}

/** Why a policy applies: its position, and by which value of the ticket each of its conditions held. */
export interface PolicyReason {
  position: number;
  matched: { priority?: Priority; departmentId?: string; source?: Source; tagId?: string };
}

export interface PolicyChoice {
  policy: SlaPolicy;
  reason: PolicyReason;
}

/** The first active policy whose conditions hold: by position, then by id. */
export function choosePolicy(policies: readonly SlaPolicy[], facts: PolicyFacts): PolicyChoice | null {
  const inOrder = policies.toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  for (const policy of inOrder) {
    const matched = policy.isActive ? match(policy.conditions, facts) : null;
    if (matched) return { policy, reason: { position: policy.position, matched } };
  }
  return null;
}

function match(conditions: SlaConditions, facts: PolicyFacts): PolicyReason["matched"] | null {
  const { priorities = [], departmentIds = [], sources = [], tagIds = [] } = conditions;
  const { priority, departmentId, source } = facts;
  const matched: PolicyReason["matched"] = {};
  if (priorities.length > 0) {
    if (!priorities.includes(priority)) return null;
    matched.priority = priority;
  }
  if (departmentIds.length > 0) {
    if (departmentId === null || !departmentIds.includes(departmentId)) return null;
    matched.departmentId = departmentId;
  }
  if (sources.length > 0) {
    if (!sources.includes(source)) return null;
    matched.source = source;
  }
  if (tagIds.length > 0) {
    const tagId = tagIds.find((id) => facts.tagIds.includes(id));
    if (tagId === undefined) return null;
    matched.tagId = tagId;
  }
  return matched;
}

/** When a clock stands. */
export interface Standing {
  /** While the ticket waits. */
  standsWaiting: boolean;
  /** Looking back from a reopening, while it was resolved or closed. */
  standsDone: boolean;
}

/** Responses stand alike while waiting; who has had no answer waits for it after the resolution, too. */
export const standingOf = (
  { pausesFirstResponse, pausesResolution, reopenMode }: SlaPolicy,
  metric: SlaMetric,
): Standing => ({
  standsWaiting: metric === "resolution" ? pausesResolution : pausesFirstResponse,
  standsDone: metric !== "first_response" && reopenMode === "resume",
});

/** Null where the policy has no such metric. */
export function targetSecondsOf(policy: SlaPolicy, metric: SlaMetric): number | null {
  const target = {
    first_response: policy.firstResponseTargetSeconds,
    next_response: policy.nextResponseTargetSeconds,
    resolution: policy.resolutionTargetSeconds,
  }[metric];
  return target && target > 0 ? target : null;
}
