import { advanceSession } from "@helpdesk/db";
import { type Instant, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { hold, sessionNow } from "./play.ts";

/** The most that a virtual clock is put ahead in all. */
const MOST_SECONDS = 30 * 86_400;

/** Puts a session's virtual clock forward. @throws RefusalError as `sessions.advance` declares. */
export const advance = (
  ctx: Context,
  { sessionId, seconds }: { sessionId: string; seconds: number },
): Promise<{ now: Instant }> =>
  ctx.transact(async (unit) => {
    const session = (await hold(unit, sessionId))?.session;
    if (session?.userId !== ctx.actor.userId) refuse({ code: "session.not_found" });
    if (!session.isVirtual) refuse({ code: "session.not_virtual" });
    if (session.endedAt !== null) refuse({ code: "session.ended" });
    if (session.clockOffsetSeconds + seconds > MOST_SECONDS)
      refuse({ code: "session.full", limit: MOST_SECONDS });
    const advanced = await advanceSession.first(unit, { sessionId, seconds });
    return { now: sessionNow(advanced!, ctx.now) };
  });
