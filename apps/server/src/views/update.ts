import { listTags, lockView, updateView } from "@helpdesk/db";
import { expectMayChangeView, expectVersion } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type ViewInput, reachOf, sortOf, storable } from "./create.ts";
import { expectRoom } from "./room.ts";
import { type View, askedBy, toView } from "./view.ts";

type Update = { viewId: string; version: number } & { [K in keyof ViewInput]?: ViewInput[K] | undefined };

/**
 * Changes a view; what is left out stays. A shared one that is shared no more is whose it was who said so.
 * @throws RefusalError as `views.update` declares.
 */
export const update = (ctx: Context, { viewId, version, ...input }: Update): Promise<View> =>
  ctx.transact(async (unit) => {
    const row = expectMayChangeView(ctx.actor, await lockView.first(unit, { id: viewId }));
    expectVersion(row, version);
    const before = askedBy(row);
    const { name = row.name, isShared = row.ownerId === null, departmentId = row.departmentId } = input;
    const { orderBy = before.orderBy, direction = before.direction } = input;
    const conditions = input.conditions ? await storable(ctx, unit, input.conditions) : before.conditions;
    const values = { id: viewId, name, conditions: JSON.stringify(conditions), at: ctx.now };
    const reach = reachOf(ctx, { isShared, departmentId });
    if (reach.ownerId !== row.ownerId) await expectRoom(unit, reach.ownerId);
    const written = await updateView.first(unit, {
      ...values,
      ...reach,
      sort: sortOf({ orderBy, direction }),
    });
    return toView(written!, ctx.actor, await listTags(unit));
  });
