import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Says something to the customer, who answers. @throws RefusalError as `sessions.say` declares. */
export const say = async (ctx: Context, input: { sessionId: string; text: string }): Promise<MoveView> =>
  toMove(
    await play(ctx, input.sessionId, ({ actsOf }) => ({
      kind: "say",
      text: input.text,
      acts: actsOf(input.text),
    })),
  );
