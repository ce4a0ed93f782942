import {
  type GradingRow,
  type SessionRow,
  type Unit,
  findSession,
  holdSession,
  listSessionEvents,
} from "@helpdesk/db";
import {
  type Instant,
  type Move,
  type MoveProblem,
  MAX_EVENTS,
  type Scenario,
  type SessionEvent,
  isEnded,
  playMove,
  plusSeconds,
  refuse,
} from "@helpdesk/domain";
import type { Acting, Context } from "../context.ts";
import { append } from "./append.ts";
import { grade } from "./grade.ts";
import { type Logged, toLogged } from "./logged.ts";
import { type Playable, playableOf } from "./playable.ts";
import { act } from "./stage.ts";
import { scriptedVoice, spoken } from "./voice.ts";

/** A locked session, with all that is played by. */
export interface InPlay {
  session: SessionRow;
  playable: Playable;
  log: Logged[];
}

/** What a move did. */
export interface Played extends InPlay {
  added: SessionEvent[];
  /** The score, where the move ended the session. */
  grading: GradingRow | null;
}

/** A move of the trainee in a session of their own. @throws RefusalError `session.not_found` and what `MoveProblem` stands for. */
export const play = (
  ctx: Context,
  sessionId: string,
  moveOf: (playable: Playable) => Move,
): Promise<Played> =>
  ctx.transact(async (unit) => {
    const inPlay = await hold(unit, sessionId);
    if (inPlay?.session.userId !== ctx.actor.userId) refuse({ code: "session.not_found" });
    return move(ctx, unit, inPlay, moveOf(inPlay.playable));
  });

/** Locks a session and reads its log. */
export async function hold(unit: Unit, sessionId: string): Promise<InPlay | undefined> {
  // Sent one after the other in one round trip; what waits for the lock is read by the statements after it.
  const [, session, rows] = await Promise.all([
    holdSession(unit, { sessionId }),
    findSession.first(unit, { sessionId }),
    listSessionEvents(unit, { sessionId }),
  ]);
  return session && { session, playable: await playableOf(unit, session), log: rows.map(toLogged) };
}

/** Plays a move on a locked session: its log, its ticket and, at its end, its score. */
export async function move(ctx: Acting, unit: Unit, inPlay: InPlay, moved: Move): Promise<Played> {
  const { session, log, playable } = inPlay;
  const { scenario } = playable;
  const events = log.map(({ event }) => event);
  const setting = { scenario, castId: session.castId, seed: session.seed };
  const result = playMove(setting, events, moved, sessionNow(session, ctx.now));
  if ("problem" in result) refuse(refusalFor(result.problem, scenario));
  // The one voice there is answers at once; one that calls out would have to be asked before the lock.
  const said = await spoken(scriptedVoice, setting, result.events);
  const added = await append(unit, session, said, null);
  await act(ctx, unit, session, said);
  const all = [...log, ...added];
  const isOver = isEnded(said);
  const played = all.map(({ event }) => event);
  const grading = isOver
    ? await grade(unit, session, scenario, played, { cause: "ended", at: ctx.now })
    : null;
  return { ...inPlay, log: all, added: said, grading };
}

/** What time it is in a session: its virtual clock is ahead of the real one. */
export const sessionNow = ({ clockOffsetSeconds }: Pick<SessionRow, "clockOffsetSeconds">, now: Instant) =>
  plusSeconds(now, clockOffsetSeconds);

function refusalFor(problem: MoveProblem, { tools, knowledge, rootCause }: Scenario) {
  const unknown = (known: string[]) => ({ code: "session.unknown_name" as const, known });
  switch (problem) {
    case "session_ended":
      return { code: "session.ended" as const };
    case "session_full":
      return { code: "session.full" as const, limit: MAX_EVENTS };
    case "customer_left":
      return { code: "session.customer_left" as const };
    case "nothing_said":
    case "too_long":
      return { code: "input.invalid" as const, issues: [{ path: [], message: problem.replace("_", " ") }] };
    case "unknown_tool":
      return unknown(Object.keys(tools));
    case "unknown_article":
      return unknown(knowledge.map(({ id }) => id));
    case "unknown_option":
      return unknown(Object.keys(rootCause.options));
  }
}
