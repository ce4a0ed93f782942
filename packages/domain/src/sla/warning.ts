import { z } from "zod";
import type { Instant } from "../instant.ts";
import { type SlaMetric, slaMetrics } from "../values.ts";
import type { CompiledCalendar } from "./business-time.ts";
import { dueAt } from "./due.ts";

/** When to warn, in business seconds before due; a metric that is not named warns nobody. */
export const warningsSchema = z.strictObject({
  beforeDueSeconds: z.partialRecord(z.enum(slaMetrics), z.int().min(1).max(31_536_000)).optional(),
});

export type SlaWarnings = z.infer<typeof warningsSchema>;

/** Null where the metric has no warning. */
export const warnBeforeSecondsOf = ({ beforeDueSeconds }: SlaWarnings, metric: SlaMetric): number | null =>
  beforeDueSeconds?.[metric] ?? null;

interface Warned {
  targetSeconds: number;
  elapsedSeconds: number;
  warnBeforeSeconds: number | null;
  breachedAt: Instant | null;
}

/**
 * When a clock that runs from `at` on is to warn: at once where less is left than the warning's time, never where it
 * is breached or the warning is as long as the target itself.
 */
export function warningAt(
  { targetSeconds, elapsedSeconds, warnBeforeSeconds, breachedAt }: Warned,
  calendar: CompiledCalendar,
  at: Instant,
): Instant | null {
  if (warnBeforeSeconds === null || warnBeforeSeconds >= targetSeconds || breachedAt !== null) return null;
  return dueAt(calendar, at, targetSeconds - warnBeforeSeconds - elapsedSeconds);
}
