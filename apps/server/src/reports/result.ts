import {
  dimensions,
  priorities,
  ratingScores,
  slaMetrics,
  sources,
  statusCategories,
} from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema } from "../schemas.ts";

const columnUnits = ["text", "instant", "count", "seconds", "share"] as const;

const columnSchema = z.object({
  key: z.string(),
  /** Names the column in a CSV. */
  title: z.string(),
  unit: z.enum(columnUnits),
});
export type Column = z.output<typeof columnSchema>;

/** A part of the period: `label` is the zone's date, or its date and hour. */
const partSchema = z.object({ label: z.string(), from: instantSchema, until: instantSchema }).nullable();
export type Part = z.output<typeof partSchema>;

/** What a row's figures are of, in one dimension; both null for tickets that have none. */
const groupSchema = z.object({
  dimension: z.enum(dimensions),
  id: z.string().nullable(),
  label: z.string().nullable(),
});
export type Group = z.output<typeof groupSchema>;

const count = z.int();
const seconds = z.int().nullable();
/** Between 0 and 1, with four places; null of nothing. */
const share = z.number().nullable();
const groups = z.array(groupSchema);
const grouped = { part: partSchema, groups };

const rowSchemas = {
  counts: z.object({ groups, tickets: count, open: count }),
  volume: z.object({
    part: partSchema,
    opened: count,
    resolved: count,
    reopened: count,
    closed: count,
    backlog: count,
  }),
  times: z.object({
    ...grouped,
    count,
    medianSeconds: seconds,
    p90Seconds: seconds,
    meanSeconds: seconds,
  }),
  compliance: z.object({ ...grouped, metric: z.enum(slaMetrics), met: count, breached: count, share }),
  workload: z.object({
    agent: z.object({ id: idSchema, name: z.string() }),
    open: count,
    assigned: count,
    replies: count,
    resolved: count,
    reopened: count,
    medianHandlingSeconds: seconds,
  }),
  satisfaction: z.object({
    ...grouped,
    asked: count,
    good: count,
    bad: count,
    commented: count,
    share,
    responseRate: share,
  }),
  /** Only the columns that were asked for. */
  tickets: z
    .object({
      number: count,
      title: z.string(),
      status: z.string(),
      category: z.enum(statusCategories),
      priority: z.enum(priorities),
      source: z.enum(sources),
      department: z.string().nullable(),
      agent: z.string().nullable(),
      customer: z.string(),
      policy: z.string().nullable(),
      tags: z.array(z.string()),
      openedAt: instantSchema,
      firstRespondedAt: instantSchema.nullable(),
      resolvedAt: instantSchema.nullable(),
      closedAt: instantSchema.nullable(),
      firstResponseSeconds: seconds,
      firstResponseBusinessSeconds: seconds,
      resolutionSeconds: seconds,
      resolutionBusinessSeconds: seconds,
      breached: z.array(z.enum(slaMetrics)),
      rating: z.enum(ratingScores).nullable(),
    })
    .partial(),
  ratings: z.object({
    number: count,
    title: z.string(),
    department: z.string().nullable(),
    agent: z.string().nullable(),
    score: z.enum(ratingScores),
    comment: z.string().nullable(),
    ratedAt: instantSchema,
  }),
};

export type Kind = keyof typeof rowSchemas;
export type RowOf<K extends Kind> = z.output<(typeof rowSchemas)[K]>;

const common = {
  from: instantSchema,
  until: instantSchema,
  zone: z.string(),
  columns: z.array(columnSchema),
  /** False for a list that goes on: its CSV has all of it. */
  isComplete: z.boolean(),
};

const resultOf = <K extends Kind>(kind: K) =>
  z.object({ kind: z.literal(kind), ...common, rows: z.array(rowSchemas[kind]) });

export const reportSchema = z.discriminatedUnion("kind", [
  resultOf("counts"),
  resultOf("volume"),
  resultOf("times"),
  resultOf("compliance"),
  resultOf("workload"),
  resultOf("satisfaction"),
  resultOf("tickets"),
  resultOf("ratings"),
]);
export type Report = z.output<typeof reportSchema>;
