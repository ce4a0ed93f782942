import { deleteView as remove, lockView } from "@helpdesk/db";
import { expectMayChangeView, expectVersion } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** @throws RefusalError `view.not_found`, `version.conflict`. */
export const deleteView = (ctx: Context, input: { viewId: string; version: number }): Promise<null> =>
  ctx.transact(async (unit) => {
    const view = expectMayChangeView(ctx.actor, await lockView.first(unit, { id: input.viewId }));
    expectVersion(view, input.version);
    await remove(unit, { id: view.id });
    return null;
  });
