import { calendarSchema, escalationsSchema, reopenModes, slaMetrics, warningsSchema } from "@helpdesk/domain";
import { z } from "zod";
import {
  idSchema,
  instantSchema,
  pageInput,
  prioritySchema,
  requiredText,
  safeText,
  sourceSchema,
  versionSchema,
} from "../schemas.ts";

const TEN_YEARS_SECONDS = 315_360_000;

/** Business seconds; null or 0 for no such promise. */
const target = z.int().min(0).max(TEN_YEARS_SECONDS).nullable().default(null);

const policyTerms = {
  conditions: z
    .strictObject({
      priorities: z.array(prioritySchema).max(4).optional(),
      departmentIds: z.array(idSchema).max(100).optional(),
      sources: z.array(sourceSchema).max(5).optional(),
      tagIds: z.array(idSchema).max(100).optional(),
    })
    .default({}),
  calendarId: idSchema,
  firstResponseTargetSeconds: target,
  nextResponseTargetSeconds: target,
  resolutionTargetSeconds: target,
  pausesFirstResponse: z.boolean().default(false),
  pausesResolution: z.boolean().default(true),
  reopenMode: z.enum(reopenModes).default("resume"),
  warnings: warningsSchema.default({}),
  escalations: escalationsSchema.default({}),
  isActive: z.boolean().default(true),
};
const policyFields = { name: requiredText(200), ...policyTerms };

export const noInput = z.strictObject({}).optional();
export const createPolicyInput = z.strictObject(policyFields);
/** All of it: what is left out is as in a new policy. */
export const updatePolicyInput = z.strictObject({
  policyId: idSchema,
  version: versionSchema,
  ...policyFields,
});
/** Every policy there is, the first one first. */
export const orderPoliciesInput = z.strictObject({ policyIds: z.array(idSchema).min(1).max(500) });

/** Dates of its own that a calendar has at most. */
export const HOLIDAY_LIMIT = 2_000;
const { timeZone, hours } = calendarSchema.shape;
const interval = z.tuple([z.string().max(5), z.string().max(5)]);
const calendarFields = {
  timeZone,
  hours,
  holidays: z
    .array(
      z.strictObject({
        date: z.iso.date(),
        name: requiredText(200),
        /** Open in these only; closed all day where null. */
        hours: z.array(interval).max(24).nullable().default(null),
      }),
    )
    .max(HOLIDAY_LIMIT)
    .default([]),
};

type CalendarInput = z.output<z.ZodObject<typeof calendarFields>>;

/** A calendar as rules count by it. */
export const businessHoursOf = ({ timeZone: zone, hours: weekly, holidays }: CalendarInput) => ({
  timeZone: zone,
  hours: weekly,
  holidays: holidays.map(({ date, hours: open }) => (open === null ? date : { date, hours: open })),
});

/** What is wrong with its hours and dates is said as of any input: where, and what. */
const expectUsable = (calendar: CalendarInput, context: z.core.$RefinementCtx<CalendarInput>) => {
  const parsed = calendarSchema.safeParse(businessHoursOf(calendar));
  for (const { path, message } of parsed.error?.issues ?? [])
    context.issues.push({ code: "custom", path, message, input: calendar });
};

export const createCalendarInput = z
  .strictObject({ name: requiredText(200), ...calendarFields })
  .superRefine(expectUsable);
export const updateCalendarInput = z
  .strictObject({ calendarId: idSchema, version: versionSchema, name: requiredText(200), ...calendarFields })
  .superRefine(expectUsable);

const country = safeText(2)
  .regex(/^[A-Za-z]{2}$/)
  .toUpperCase();

/** The regions of a country; the countries where it is null. */
export const listHolidayRegionsInput = z
  .strictObject({ country: country.nullable().default(null) })
  .prefault({});

export const importHolidaysInput = z.strictObject({
  calendarId: idSchema,
  version: versionSchema,
  country,
  /** `BY`, or `BY-A` within it; null for what holds all over the country. */
  region: safeText(20).nullable().default(null),
  years: z.array(z.int().min(1970).max(2100)).min(1).max(10),
});

export const explainInput = z.strictObject({ ticketId: idSchema, metric: z.enum(slaMetrics) });

export const simulateInput = z
  .strictObject({
    from: instantSchema,
    to: instantSchema,
    /** Instead of all policies there are, in this order. */
    policies: z
      .array(z.strictObject({ policyId: idSchema.optional(), ...policyTerms }))
      .max(100)
      .optional(),
    /** Calendars as they would be. */
    calendars: z
      .array(z.strictObject({ calendarId: idSchema, ...calendarFields }).superRefine(expectUsable))
      .max(50)
      .default([]),
  })
  .refine(({ from, to }) => from < to, "ends after it begins");

export const rebuildInput = z.strictObject(pageInput);
