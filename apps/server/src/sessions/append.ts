import { type SessionRow, type Unit, appendEvents } from "@helpdesk/db";
import { type SessionEnding, type SessionEvent, endings } from "@helpdesk/domain";
import { type Logged, logged, toRows } from "./logged.ts";

/** Adds events to the log of a locked session; one of them may end it. */
export async function append(
  unit: Unit,
  session: SessionRow,
  events: readonly SessionEvent[],
  actorId: string | null,
): Promise<Logged[]> {
  const added = logged(session.logHash, events, actorId);
  const last = added.at(-1)!;
  const end = events.find(({ kind }) => (endings as readonly string[]).includes(kind));
  const written = await appendEvents.first(unit, {
    sessionId: session.id,
    readSequence: session.lastEventSequence,
    events: toRows(added),
    lastEventSequence: last.event.sequence,
    lastEventAt: last.event.at,
    logHash: last.hash,
    ending: (end?.kind as SessionEnding | undefined) ?? null,
    endedAt: end?.at ?? null,
  });
  if (!written) throw new Error("A locked session changed under its lock.");
  return added;
}
