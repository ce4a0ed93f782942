import { type CalendarRow, type PolicyRow } from "@helpdesk/db";
import {
  escalationsSchema,
  reopenModes,
  slaCycleStates,
  slaMetrics,
  spanKinds,
  warningsSchema,
} from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, prioritySchema, sourceSchema } from "../schemas.ts";

const metric = z.enum(slaMetrics);

export const policySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The first active policy by position whose conditions hold applies. */
  position: z.int(),
  conditions: z.object({
    priorities: z.array(prioritySchema).optional(),
    departmentIds: z.array(idSchema).optional(),
    sources: z.array(sourceSchema).optional(),
    tagIds: z.array(idSchema).optional(),
  }),
  calendarId: idSchema,
  firstResponseTargetSeconds: z.int().nullable(),
  nextResponseTargetSeconds: z.int().nullable(),
  resolutionTargetSeconds: z.int().nullable(),
  pausesFirstResponse: z.boolean(),
  pausesResolution: z.boolean(),
  reopenMode: z.enum(reopenModes),
  warnings: warningsSchema,
  escalations: escalationsSchema,
  isActive: z.boolean(),
  version: z.int(),
  updatedAt: instantSchema,
});

const intervals = z.array(z.tuple([z.string(), z.string()]));

export const calendarViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  timeZone: z.string(),
  hours: z.partialRecord(z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), intervals),
  holidays: z.array(z.object({ date: z.string(), name: z.string(), hours: intervals.nullable() })),
  version: z.int(),
  updatedAt: instantSchema,
});

export const importedHolidaysSchema = z.object({
  calendar: calendarViewSchema,
  added: z.array(z.object({ date: z.string(), name: z.string(), hours: intervals.nullable() })),
});
export type ImportedHolidays = z.output<typeof importedHolidaysSchema>;

export const holidayRegionSchema = z.object({ code: z.string(), name: z.string() });

const reason = {
  position: z.int(),
  matched: z.object({
    priority: prioritySchema.optional(),
    departmentId: idSchema.optional(),
    source: sourceSchema.optional(),
    /** For those who see the ticket's notes. */
    tagId: idSchema.optional(),
  }),
};

export const explanationSchema = z.object({
  metric,
  /** The policy that applies now, and by which values of the ticket; null where none does. */
  policy: z.object({ id: idSchema, ...reason }).nullable(),
  cycles: z.array(
    z.object({
      ordinal: z.int(),
      state: z.enum(slaCycleStates),
      policyId: idSchema,
      policyVersion: z.int(),
      /** Why that policy applied when it took the cycle. */
      reason: z.object(reason),
      calendarId: idSchema,
      calendarVersion: z.int(),
      startedAt: instantSchema,
      targetSeconds: z.int(),
      elapsedSeconds: z.int(),
      /** Negative when over. */
      remainingSeconds: z.int(),
      dueAt: instantSchema.nullable(),
      breachedAt: instantSchema.nullable(),
      warningAt: instantSchema.nullable(),
      warnedAt: instantSchema.nullable(),
      /** When the next escalation step comes; all up to `escalatedAfterSeconds` past due were taken. */
      escalationAt: instantSchema.nullable(),
      escalatedAfterSeconds: z.int().nullable(),
      satisfiedAt: instantSchema.nullable(),
      closedAt: instantSchema.nullable(),
      /** Counted by earlier cycles of the same period. */
      carriedSeconds: z.int(),
      /** Carried and counted: what is elapsed. */
      explainedSeconds: z.int(),
      spans: z.array(
        z.object({ kind: z.enum(spanKinds), from: instantSchema, to: instantSchema, seconds: z.int() }),
      ),
    }),
  ),
});
export type ExplanationView = z.output<typeof explanationSchema>;

const breachSchema = z.object({
  ticketId: idSchema,
  metric,
  ordinal: z.int(),
  /** A drafted policy without an id is called by its place, from 0. */
  policyId: z.string(),
  dueAt: instantSchema,
  breachedAt: instantSchema,
});

export const simulationSchema = z.object({
  ticketCount: z.int(),
  /** False where the period has more tickets than one simulation takes: the earliest are left out. */
  isComplete: z.boolean(),
  /** Under the proposed rules, and under those that hold now. */
  breaches: z.array(breachSchema),
  breachesNow: z.array(breachSchema),
});
export type Simulation = z.output<typeof simulationSchema>;

const value = z.union([z.string(), z.number(), z.null()]);

export const rebuiltSchema = z.object({
  ticketId: idSchema,
  /** Where what is stored is not what the history gives. */
  differences: z.array(
    z.object({ metric, ordinal: z.int(), field: z.string(), stored: value, folded: value }),
  ),
  /** Due instants on the ticket that are not those of its running clocks. */
  staleDueInstants: z.array(z.string()),
});
export type Rebuilt = z.output<typeof rebuiltSchema>;

export type Policy = z.output<typeof policySchema>;
export type CalendarView = z.output<typeof calendarViewSchema>;

const mutableList = <T>(list: readonly T[] | undefined): T[] | undefined => list && [...list];

export const toPolicy = ({ conditions, ...row }: PolicyRow): Policy => ({
  ...row,
  conditions: {
    priorities: mutableList(conditions.priorities),
    departmentIds: mutableList(conditions.departmentIds),
    sources: mutableList(conditions.sources),
    tagIds: mutableList(conditions.tagIds),
  },
});

export const toCalendar = (row: CalendarRow): CalendarView => row;
