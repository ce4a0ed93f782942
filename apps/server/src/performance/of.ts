import { countTraineesBelow, findTraineeClock, listCountedSessions } from "@helpdesk/db";
import { type CountedSession, refuse, summaryOf, supervises } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { Performance } from "./view.ts";

const HISTORY = 100;

/** How a person trains, as they see it themselves. @throws RefusalError `user.not_found` for whomever the actor does not supervise. */
export async function of(ctx: Context, { userId }: { userId: string }): Promise<Performance> {
  const { actor, desk, read, now } = ctx;
  if (userId !== actor.userId && !supervises(actor, desk, userId)) refuse({ code: "user.not_found" });
  const [sessions, clock] = await Promise.all([
    listCountedSessions(read, { userId }),
    findTraineeClock.first(read, { userId, now }),
  ]);
  if (!clock) refuse({ code: "user.not_found" });
  const { name, today, isOnLeaderboard, achievementXp } = clock;
  const summary = summaryOf(sessions, { achievementXp, today });
  const below = await countTraineesBelow.first(read, { userId, xp: summary.xp });
  return {
    userId,
    name,
    ...summary,
    percentileMillionths: percentile(below!),
    isOnLeaderboard,
    history: sessions.slice(-HISTORY).map(toPoint),
  };
}

const percentile = ({ others, less, same }: { others: number; less: number; same: number }): number | null =>
  others === 0 ? null : Math.round(((less + same / 2) * 1_000_000) / others);

function toPoint(session: CountedSession) {
  const { skills: _, localDate: __, sections: ___, traits: ____, ...point } = session;
  return point;
}
