import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Says what the cause is; the last word counts. @throws RefusalError as `sessions.pickRootCause` declares. */
export const pickRootCause = async (
  ctx: Context,
  input: { sessionId: string; option: string },
): Promise<MoveView> =>
  toMove(await play(ctx, input.sessionId, () => ({ kind: "pick_root_cause", option: input.option })));
