import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Refuses what is asked for, which ends the session. @throws RefusalError as `sessions.refuse` declares. */
export const refuse = async (ctx: Context, input: { sessionId: string; reason: string }): Promise<MoveView> =>
  toMove(await play(ctx, input.sessionId, () => ({ kind: "refuse", reason: input.reason })));
