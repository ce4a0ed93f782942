import { lockViews, placeViews } from "@helpdesk/db";
import { expectMayChangeView } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** These views come first in this order, each among those of its owner or among the shared ones; the others follow as they were. @throws RefusalError `view.not_found`. */
export const reorder = (ctx: Context, { viewIds }: { viewIds: string[] }): Promise<null> =>
  ctx.transact(async (unit) => {
    const rows = await lockViews(unit, { userId: ctx.actor.userId });
    const ids = [...new Set(viewIds)];
    const named = ids.map((id) =>
      expectMayChangeView(
        ctx.actor,
        rows.find((row) => row.id === id),
      ),
    );
    const owners = new Set(named.map(({ ownerId }) => ownerId));
    const others = rows
      .filter((row) => owners.has(row.ownerId) && !named.includes(row))
      .toSorted((a, b) => a.position - b.position || (a.name < b.name ? -1 : 1));
    const places = [...named, ...others].map(({ id }, position) => ({ id, position }));
    await placeViews(unit, { places: JSON.stringify(places) });
    return null;
  });
