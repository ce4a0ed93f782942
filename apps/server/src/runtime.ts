import { randomBytes, randomUUIDv7 } from "node:crypto";
import { type Instant, toInstant } from "@helpdesk/domain";

/** The only source of time, ids and randomness. Tests pass their own. */
export interface Runtime {
  now(): Instant;
  /** A UUIDv7. */
  newId(): string;
  /** Unpredictable bytes, for tokens. */
  randomBytes(size: number): Buffer;
}

export const systemRuntime: Runtime = {
  now: () => toInstant(Date.now()),
  newId: () => randomUUIDv7(),
  randomBytes,
};
