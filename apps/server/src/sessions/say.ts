import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Says something to the customer, who answers. @throws RefusalError as `sessions.say` declares. */
export const say = async (ctx: Context, input: { sessionId: string; text: string }): Promise<MoveView> =>
  toMove(
    await play(ctx, input.sessionId, ({ hear }) => ({
      kind: "say",
      text: input.text,
      ...hear(input.text),
    })),
  );
