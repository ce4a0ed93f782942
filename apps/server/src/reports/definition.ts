import {
  type ViewConditions,
  dimensions,
  intervals,
  isZone,
  periodLimits,
  reportClocks,
  slaMetrics,
  ticketColumns,
} from "@helpdesk/domain";
import { z } from "zod";
import { instantSchema, safeText } from "../schemas.ts";
import { type Conditions, conditionFields } from "../tickets/conditions.ts";
import { storedSchema } from "../views/view.ts";

/** PostgreSQL has no year 0. */
const boundSchema = instantSchema.refine((value) => value >= "0001", "is before all time");

const periodSchema = z.union([
  z.strictObject({ from: boundSchema, until: boundSchema }),
  z.strictObject({ last: z.int().min(1).max(periodLimits.buckets), unit: z.enum(intervals) }),
]);

const common = {
  /** From an instant until before another, or the last hours, days, weeks or months with the one that it is now. */
  period: periodSchema,
  /** Where days begin: a name of the IANA time zone database. */
  zone: safeText(64).refine(isZone, "is no time zone"),
};

const distinct = <T>(values: readonly T[]): boolean => new Set(values).size === values.length;
const dimensionsSchema = z.array(z.enum(dimensions)).max(2).refine(distinct, "names something twice");

const grouped = {
  by: dimensionsSchema.default([]),
  /** Figures for each part of the period, the empty ones too where nothing else is asked for. */
  interval: z.enum(intervals).nullable().default(null),
};

/** What each kind of report asks for beside its period, zone and filters. */
const kinds = {
  counts: { by: dimensionsSchema.min(1) },
  volume: { interval: z.enum(intervals).default("day") },
  times: {
    metric: z.enum(slaMetrics),
    clock: z.enum(reportClocks).default("business"),
    ...grouped,
  },
  compliance: grouped,
  workload: {},
  satisfaction: grouped,
  tickets: {
    columns: z
      .array(z.enum(ticketColumns))
      .min(1)
      .max(ticketColumns.length)
      .refine(distinct, "names something twice")
      .default([...ticketColumns]),
  },
  ratings: {},
};

const definitionOf = <F extends z.ZodType>(filters: F) => {
  const kind = <K extends keyof typeof kinds>(name: K) =>
    z.strictObject({ kind: z.literal(name), ...common, filters, ...kinds[name] });
  return z.discriminatedUnion("kind", [
    kind("counts"),
    kind("volume"),
    kind("times"),
    kind("compliance"),
    kind("workload"),
    kind("satisfaction"),
    kind("tickets"),
    kind("ratings"),
  ]);
};

/** A report as callers ask for it. Filters are what lists and views ask of tickets, as they are now. */
export const definitionSchema = definitionOf(z.strictObject(conditionFields).default({}));

const tagNames = z.array(z.string()).optional();

/** A saved report as it is shown: of its tags those that are still there, and that the reader may see. */
export const shownDefinitionSchema = definitionOf(
  z.strictObject({ ...conditionFields, tags: tagNames, allTags: tagNames, noTags: tagNames }).default({}),
);

/** A report as it is saved: tags by id. */
export const storedDefinitionSchema = definitionOf(storedSchema);

export type Definition<F = Conditions> = Exclude<z.output<typeof definitionSchema>, "filters"> & {
  filters: F;
};
export type StoredDefinition = z.output<typeof storedDefinitionSchema> & { filters: ViewConditions };
export type DefinitionOf<K extends StoredDefinition["kind"]> = Extract<StoredDefinition, { kind: K }>;
