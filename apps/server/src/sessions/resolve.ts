import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Resolves the ticket, which ends the session. @throws RefusalError as `sessions.resolve` declares. */
export const resolve = async (ctx: Context, input: { sessionId: string }): Promise<MoveView> =>
  toMove(await play(ctx, input.sessionId, () => ({ kind: "resolve" })));
