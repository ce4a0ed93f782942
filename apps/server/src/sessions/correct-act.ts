import { type SessionEvent, correctAct as decide, refuse, supervises } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { append } from "./append.ts";
import { grade } from "./grade.ts";
import { hold, sessionNow } from "./play.ts";
import { type Grading, toGrading } from "./view.ts";

export interface Correction {
  sessionId: string;
  sequence: number;
  acts: string[];
  reason: string;
}

/** Says what a message did, in the place of what was recognised: one more event, and one more grading. @throws RefusalError as `sessions.correctAct` declares. */
export const correctAct = (ctx: Context, { sessionId, ...input }: Correction): Promise<Grading> =>
  ctx.transact(async (unit) => {
    const inPlay = await hold(unit, sessionId);
    if (!inPlay || !supervises(ctx.actor, ctx.desk, inPlay.session.userId))
      refuse({ code: "session.not_found" });
    const { session, playable, log } = inPlay;
    const events = log.map(({ event }) => event);
    const corrected: SessionEvent = decide(playable.scenario, events, input, sessionNow(session, ctx.now));
    await append(unit, session, [corrected], ctx.actor.userId);
    const how = { cause: "corrected", at: ctx.now } as const;
    return toGrading(await grade(unit, session, playable.scenario, [...events, corrected], how));
  });
