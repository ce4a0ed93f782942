import { randomBytes, randomUUIDv7 } from "node:crypto";
import { type Instant, toInstant } from "@helpdesk/domain";

/** The only source of time, ids and randomness. Tests pass their own. */
export interface Runtime {
  now(): Instant;
  /** Milliseconds since some moment, whatever becomes of the clock: for the time between two of them. */
  monotonicMs(): number;
  /** A UUIDv7. */
  newId(): string;
  /** Unpredictable bytes, for tokens. */
  randomBytes(size: number): Buffer;
}

export const systemRuntime: Runtime = {
  now: () => toInstant(Date.now()),
  monotonicMs: () => performance.now(),
  newId: () => randomUUIDv7(),
  randomBytes,
};
