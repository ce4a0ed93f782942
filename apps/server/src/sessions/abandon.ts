import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Gives the session up. @throws RefusalError as `sessions.abandon` declares. */
export const abandon = async (ctx: Context, input: { sessionId: string }): Promise<MoveView> =>
  toMove(await play(ctx, input.sessionId, () => ({ kind: "abandon" })));
