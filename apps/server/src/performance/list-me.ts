import { setOnLeaderboard } from "@helpdesk/db";
import type { Context } from "../context.ts";

/** Whether others find the actor on leaderboards. */
export const listMe = (ctx: Context, { isOnLeaderboard }: { isOnLeaderboard: boolean }): Promise<null> =>
  ctx.transact(async (unit) => {
    await setOnLeaderboard(unit, { userId: ctx.actor.userId, isOnLeaderboard });
    return null;
  });
