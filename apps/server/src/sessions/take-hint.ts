import type { HintLevel } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Takes a hint, which costs XP. @throws RefusalError as `sessions.takeHint` declares. */
export const takeHint = async (
  ctx: Context,
  input: { sessionId: string; level: HintLevel },
): Promise<MoveView> =>
  toMove(await play(ctx, input.sessionId, () => ({ kind: "take_hint", level: input.level })));
