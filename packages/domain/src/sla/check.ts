import { z } from "zod";
import { type Instant, toEpochMs, toInstant } from "../instant.ts";
import { type CompiledCalendar, compileCalendar } from "./business-time.ts";
import { CalendarError, type CalendarFault, calendarSchema } from "./calendar.ts";
import { dueAt } from "./due.ts";

/** Cases to hold an engine to: calendars by name, and when something counted by one of them is due. */
export const dueCasesSchema = z.object({
  calendars: z.record(z.string(), z.unknown()),
  cases: z.array(z.looseObject({ id: z.union([z.string(), z.number()]) })),
});

const instantSchema = z.iso
  .datetime({ offset: true })
  .transform((text): Instant => toInstant(toEpochMs(text)));

const caseSchema = z.object({
  calendar: z.string(),
  start: instantSchema,
  /** Null and 0 ask for nothing. */
  targetSeconds: z.int().min(0).nullable(),
  pauses: z.array(z.object({ from: instantSchema, to: instantSchema.nullable() })).default([]),
});

/** `dueAt` is in whole seconds, `2026-01-12T11:00:00Z`, and null where nothing falls due; `error` is a code. */
export type CheckedCase =
  | { id: string | number; dueAt: string | null }
  | { id: string | number; error: string };

/** The engine's answer to each case, in order. One wrong case or calendar leaves the others as they are. */
export function checkCases({ calendars, cases }: z.output<typeof dueCasesSchema>): CheckedCase[] {
  const compiled = new Map<string, CompiledCalendar>();
  const calendarOf = (name: string): CompiledCalendar => {
    let calendar = compiled.get(name);
    if (!calendar) compiled.set(name, (calendar = compile(calendars, name)));
    return calendar;
  };
  return cases.map((one) => {
    const { id } = one;
    const parsed = caseSchema.safeParse(one);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return { id, error: `case.invalid: ${issue!.path.join(".")}: ${issue!.message}` };
    }
    const { calendar, start, targetSeconds, pauses } = parsed.data;
    try {
      const due = targetSeconds ? dueAt(calendarOf(calendar), start, targetSeconds, pauses) : null;
      return { id, dueAt: due && `${due.slice(0, 19)}Z` };
    } catch (error) {
      if (error instanceof CheckError || error instanceof CalendarError) return { id, error: error.message };
      throw error;
    }
  });
}

class CheckError extends Error {
  override readonly name = "CheckError";
}

function compile(calendars: Record<string, unknown>, name: string): CompiledCalendar {
  if (!Object.hasOwn(calendars, name)) throw new CheckError("calendar.not_found");
  const parsed = calendarSchema.safeParse(calendars[name]);
  if (parsed.success) return compileCalendar(parsed.data);
  const [issue] = parsed.error.issues;
  const { code } = ((issue as { params?: unknown }).params ?? {}) as Partial<CalendarFault>;
  throw new CheckError(code ?? `calendar.invalid: ${issue!.path.join(".")}: ${issue!.message}`);
}
