import { z } from "zod";
import type { Instant } from "../instant.ts";
import { priorities, type SlaMetric, slaMetrics } from "../values.ts";
import type { CompiledCalendar } from "./business-time.ts";
import { dueAt } from "./due.ts";

const personId = z.uuid().toLowerCase();

/** Whoever has the ticket, and the manager of its department. */
export const escalationRoles = ["assignee", "manager"] as const;

const stepSchema = z.strictObject({
  metric: z.enum(slaMetrics),
  /** Business seconds past due; 0 is the breach itself. */
  afterDueSeconds: z.int().min(0).max(31_536_000).default(0),
  action: z.discriminatedUnion("kind", [
    z
      .strictObject({
        kind: z.literal("notify"),
        roles: z.array(z.enum(escalationRoles)).max(2).default([]),
        userIds: z.array(personId).max(20).default([]),
      })
      .refine(({ roles, userIds }) => roles.length + userIds.length > 0, "tells nobody"),
    z.strictObject({
      kind: z.literal("reassign"),
      /** Null for the manager of the ticket's department. */
      userId: personId.nullable(),
    }),
    z.strictObject({
      kind: z.literal("raise_priority"),
      /** Null for the next higher one. */
      priority: z.enum(priorities).nullable(),
    }),
  ]),
});

/** What is done by itself when a promise is broken, and later while it still is: each step once a cycle. */
export const escalationsSchema = z.strictObject({ steps: z.array(stepSchema).max(30).optional() });

export type EscalationStep = z.output<typeof stepSchema>;
export type EscalationAction = EscalationStep["action"];
export type SlaEscalations = z.output<typeof escalationsSchema>;

/** The steps of a metric more than `afterSeconds` past due and at most `untilSeconds`, the earliest first. */
export const stepsBetween = (
  { steps = [] }: SlaEscalations,
  metric: SlaMetric,
  afterSeconds: number | null,
  untilSeconds: number,
): EscalationStep[] =>
  steps
    .filter((step) => step.metric === metric && step.afterDueSeconds <= untilSeconds)
    .filter(({ afterDueSeconds }) => afterSeconds === null || afterDueSeconds > afterSeconds)
    .toSorted((a, b) => a.afterDueSeconds - b.afterDueSeconds);

/** Business seconds past due of the first step after those taken; null where none is left. */
export const nextStepSeconds = (
  escalations: SlaEscalations,
  metric: SlaMetric,
  takenSeconds: number | null,
): number | null => stepsBetween(escalations, metric, takenSeconds, Infinity)[0]?.afterDueSeconds ?? null;

/** When a clock that runs from `at` on comes to its next step: never before it is due. */
export function escalationAt(
  {
    targetSeconds,
    elapsedSeconds,
    escalateAfterSeconds,
  }: { targetSeconds: number; elapsedSeconds: number; escalateAfterSeconds: number | null },
  calendar: CompiledCalendar,
  at: Instant,
): Instant | null {
  if (escalateAfterSeconds === null) return null;
  return dueAt(calendar, at, targetSeconds + escalateAfterSeconds - elapsedSeconds);
}
