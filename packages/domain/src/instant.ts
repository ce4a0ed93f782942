/** ISO 8601 in UTC with milliseconds, `2026-01-12T08:00:00.000Z`: one format in rows, rules and on the wire, so that instants compare as strings. */
export type Instant = string;

const FORMAT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

// What is written or read next is most often the same millisecond again.
let lastMs = 0;
let lastInstant: Instant = new Date(0).toISOString();

export function toInstant(epochMs: number): Instant {
  if (epochMs === lastMs) return lastInstant;
  const instant = new Date(epochMs).toISOString();
  lastMs = epochMs;
  lastInstant = instant;
  return instant;
}

/** `Date.parse` alone would take the 30th of February for the 2nd of March. */
export const isInstant = (value: string): boolean =>
  FORMAT.test(value) && !Number.isNaN(Date.parse(value)) && toInstant(Date.parse(value)) === value;

export const toEpochMs = (instant: Instant): number =>
  instant === lastInstant ? lastMs : Date.parse(instant);

export const later = (a: Instant, b: Instant): Instant => (a >= b ? a : b);

export const plusSeconds = (instant: Instant, seconds: number): Instant =>
  toInstant(toEpochMs(instant) + seconds * 1000);
