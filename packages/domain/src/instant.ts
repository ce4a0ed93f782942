/** ISO 8601 in UTC with milliseconds, `2026-01-12T08:00:00.000Z`: one format in rows, rules and on the wire, so that instants compare as strings. */
export type Instant = string;

const FORMAT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export const toInstant = (epochMs: number): Instant => new Date(epochMs).toISOString();

/** `Date.parse` alone would take the 30th of February for the 2nd of March. */
export const isInstant = (value: string): boolean =>
  FORMAT.test(value) && !Number.isNaN(Date.parse(value)) && toInstant(Date.parse(value)) === value;

export const toEpochMs = (instant: Instant): number => Date.parse(instant);

export const later = (a: Instant, b: Instant): Instant => (a >= b ? a : b);

export const plusSeconds = (instant: Instant, seconds: number): Instant =>
  toInstant(toEpochMs(instant) + seconds * 1000);
