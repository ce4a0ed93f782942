/** So many calls a minute, evenly; when none came for a while, up to `burst` at once. */
export interface CallLimit {
  perMinute: number;
  burst: number;
}

export interface Spent {
  /** When all of `burst` can be had again, in epoch milliseconds: all that is kept of a caller. */
  fullAtMs: number;
  /** Calls that may come right now. */
  remaining: number;
  /** Null for a call that may pass. */
  retryAfterSeconds: number | null;
}

const MINUTE_MS = 60_000;

/** Takes one call of what a caller may still have; nothing is taken where it is refused. `fullAtMs` is 0 for who never called. */
export function spendCall({ perMinute, burst }: CallLimit, fullAtMs: number, nowMs: number): Spent {
  const eachMs = MINUTE_MS / perMinute;
  const roomMs = burst * eachMs;
  const thenMs = Math.max(fullAtMs, nowMs) + eachMs;
  const lackingMs = thenMs - nowMs - roomMs;
  // A millisecond: sums of fractions do not come out even.
  if (lackingMs > Math.min(1, eachMs / 2))
    return { fullAtMs, remaining: 0, retryAfterSeconds: Math.max(1, Math.ceil(lackingMs / 1000)) };
  return {
    fullAtMs: thenMs,
    remaining: Math.max(0, Math.round(-lackingMs / eachMs)),
    retryAfterSeconds: null,
  };
}
