import type { SessionEventRow } from "@helpdesk/db";
import { type Chainable, type SessionEvent, chainOf, sessionEventSchema } from "@helpdesk/domain";
import { sha256 } from "../identity/tokens.ts";

/** An event of a log with its hash and, where a trainer corrected, who did. */
export interface Logged extends Chainable {
  hash: string;
}

export function toLogged({ sequence, kind, data, at, actorId, hash }: SessionEventRow): Logged {
  return { event: sessionEventSchema.parse({ ...data, sequence, kind, at }), actorId, hash };
}

/** Events chained to what was before them. */
export function logged(before: string, events: readonly SessionEvent[], actorId: string | null): Logged[] {
  const chainables = events.map((event) => ({ event, actorId }));
  const hashes = chainOf(sha256, before, chainables);
  return chainables.map((each, i) => ({ ...each, hash: hashes[i]! }));
}

/** Events as their rows. */
export const toRows = (log: readonly Logged[]): string =>
  JSON.stringify(
    log.map(({ event: { sequence, kind, at, ...data }, actorId, hash }) => ({
      sequence,
      kind,
      at,
      data,
      actorId,
      hash,
    })),
  );
