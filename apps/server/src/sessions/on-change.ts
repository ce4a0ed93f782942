import { listSessionEvents } from "@helpdesk/db";
import { refuse as refuseCall, sessionEndings } from "@helpdesk/domain";
import { type TrackedEnvelope, tracked } from "@trpc/server";
import { z } from "zod";
import type { Context } from "../context.ts";
import { follow } from "../realtime/follow.ts";
import { eventSchema, toEvent } from "./event-view.ts";
import { toLogged } from "./logged.ts";
import { playableOf } from "./playable.ts";
import { visibleSession } from "./visible.ts";

export const sessionChangeSchema = z.object({
  /** What is new in the log since the message before; none in the first one without a last id. */
  events: z.array(eventSchema),
  hasCustomerLeft: z.boolean(),
  /** How the session ended: what was hidden until then is in `sessions.get`. Null while it goes on. */
  ending: z.enum(sessionEndings).nullable(),
});
export type SessionChange = z.output<typeof sessionChangeSchema>;

/**
 * A training session as it is played, for who plays or watches it: each event once and in order, after the number that
 * `lastEventId` says. @throws RefusalError `session.not_found`, `cursor.invalid`, `stream.limit_reached`.
 */
export async function* onSessionChange(
  ctx: Context,
  { sessionId, lastEventId }: { sessionId: string; lastEventId?: string | null | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<SessionChange>, void> {
  let after = lastEventId == null ? null : readNumber(lastEventId);
  let isFirst = true;
  yield* follow(ctx, signal, [`session:${sessionId}`], async (now) => {
    const session = await visibleSession(now, now.read, sessionId);
    const [{ scenario }, rows] = await Promise.all([
      playableOf(now.read, session),
      listSessionEvents(now.read, { sessionId }),
    ]);
    const log = rows.map(toLogged);
    const last = log.at(-1)!.event.sequence;
    const from = after ?? last;
    const isOver = session.endedAt !== null;
    const events = log
      .filter(({ event }) => event.sequence > from)
      .map(({ event, actorId }) => toEvent(event, scenario, isOver, actorId));
    const hasCustomerLeft = log.some(({ event }) => event.kind === "customer_said" && event.leaves !== null);
    const isSilent = events.length === 0 && !isFirst;
    [after, isFirst] = [Math.max(from, last), false];
    return {
      messages: isSilent ? [] : [tracked(String(after), { events, hasCustomerLeft, ending: session.ending })],
    };
  });
}

const readNumber = (id: string): number =>
  /^\d{1,9}$/.test(id) ? Number(id) : refuseCall({ code: "cursor.invalid" });
