import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Hands the ticket over, which ends the session. @throws RefusalError as `sessions.escalate` declares. */
export const escalate = async (
  ctx: Context,
  input: { sessionId: string; reason: string },
): Promise<MoveView> =>
  toMove(await play(ctx, input.sessionId, () => ({ kind: "escalate", reason: input.reason })));
