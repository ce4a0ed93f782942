import type { Context } from "../context.ts";
import { play } from "./play.ts";
import { type MoveView, toMove } from "./move-view.ts";

/** Opens an article of the scenario. @throws RefusalError as `sessions.openArticle` declares. */
export const openArticle = async (
  ctx: Context,
  input: { sessionId: string; article: string },
): Promise<MoveView> =>
  toMove(await play(ctx, input.sessionId, () => ({ kind: "open_article", article: input.article })));
