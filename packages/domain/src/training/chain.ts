import { canonicalJson } from "./canonical-json.ts";
import type { SessionEvent } from "./session-log.ts";

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export type Hash = (text: string) => string;

/** What a session is, whatever happens in it: the chain of its events begins with it. */
export interface SessionPin {
  sessionId: string;
  /** The trainee. */
  userId: string;
  /** Of this trainee at this scenario, from 1. */
  attempt: number;
  isVirtual: boolean;
  /** The digest of the scenario's definition. */
  definitionHash: string;
  castId: string;
  seed: string;
}

/** An event as it is chained: with the trainer who corrected, and null for all others. */
export interface Chainable {
  event: SessionEvent;
  actorId: string | null;
}

/** What the first event is chained to. */
export const genesisOf = (
  hash: Hash,
  { sessionId, userId, attempt, isVirtual, definitionHash, castId, seed }: SessionPin,
): string =>
  hash(
    canonicalJson({
      format: "helpdesk.session/1",
      sessionId,
      userId,
      attempt,
      isVirtual,
      definitionHash,
      castId,
      seed,
    }),
  );

/** The hash of an event, over all before it. */
export const chained = (hash: Hash, before: string, { event, actorId }: Chainable): string =>
  hash(`${before}\n${canonicalJson({ ...event, actorId })}`);

/** The hashes of events, each over all before it; `before` is that of the last event, or the genesis. */
export function chainOf(hash: Hash, before: string, events: readonly Chainable[]): string[] {
  let last = before;
  return events.map((event) => (last = chained(hash, last, event)));
}

/** The sequence of the first event that is not as it was written: edited, moved, put in or missing; null where all are. */
export function brokenAt(
  hash: Hash,
  pin: SessionPin,
  log: readonly (Chainable & { hash: string })[],
): number | null {
  const hashes = chainOf(hash, genesisOf(hash, pin), log);
  const index = log.findIndex(
    ({ event, hash: stored }, i) => event.sequence !== i + 1 || stored !== hashes[i],
  );
  return index < 0 ? null : index + 1;
}
