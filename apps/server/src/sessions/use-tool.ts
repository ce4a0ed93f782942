import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Uses a tool of the simulated world. @throws RefusalError as `sessions.useTool` declares. */
export const useTool = async (ctx: Context, input: { sessionId: string; tool: string }): Promise<MoveView> =>
  toMove(await play(ctx, input.sessionId, () => ({ kind: "use_tool", tool: input.tool })));
