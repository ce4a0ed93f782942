import { type Unit, insertView, listTags } from "@helpdesk/db";
import {
  type ViewConditions,
  type ViewOrder,
  type ViewReach,
  canSeeView,
  demand,
  departmentOf,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { Conditions } from "../tickets/conditions.ts";
import { heldTags } from "../tickets/set-tags.ts";
import { expectRoom } from "./room.ts";
import { type View, toView } from "./view.ts";

export interface ViewInput extends ViewOrder {
  name: string;
  conditions: Conditions;
  isShared: boolean;
  departmentId: string | null;
}

/** Makes a view, one's own or a shared one. @throws RefusalError as `views.create` declares. */
export const create = (ctx: Context, input: ViewInput): Promise<View> =>
  ctx.transact(async (unit) => {
    const reach = reachOf(ctx, input);
    const conditions = JSON.stringify(await storable(ctx, unit, input.conditions));
    await expectRoom(unit, reach.ownerId);
    const values = {
      ...reach,
      id: ctx.newId(),
      name: input.name,
      conditions,
      sort: sortOf(input),
      at: ctx.now,
    };
    const row = await insertView.first(unit, values);
    return toView(row!, ctx.actor, await listTags(unit));
  });

export const sortOf = ({ orderBy, direction }: ViewOrder): string => `${orderBy} ${direction}`;

/** Nobody shares a view that they would not see. @throws RefusalError `permission.denied`, `department.not_found`. */
export function reachOf(
  { actor, desk }: Context,
  { isShared, departmentId }: Pick<ViewInput, "isShared" | "departmentId">,
): ViewReach {
  if (!isShared) return { ownerId: actor.userId, departmentId: null };
  demand(actor, "view.share");
  const reach = { ownerId: null, departmentId };
  if (departmentId !== null) departmentOf(desk, departmentId);
  if (!canSeeView(actor, reach)) demand(actor, "ticket.read_organization");
  return reach;
}

/** What conditions name is there when they are saved. @throws RefusalError `status.unknown`, `department.not_found`, `tag.unknown`. */
export async function storable(
  { desk }: Context,
  unit: Unit,
  { tags, allTags, noTags, ...rest }: Conditions,
): Promise<ViewConditions> {
  for (const key of rest.statuses ?? []) desk.statuses.byKey(key);
  for (const id of rest.departments ?? []) if (id !== "mine" && id !== "none") departmentOf(desk, id);
  const rows = await heldTags(unit, [], [...(tags ?? []), ...(allTags ?? []), ...(noTags ?? [])]);
  const ids = new Map(rows.map(({ id, label }) => [label, id]));
  const idsOf = (names: string[] | undefined) => names && [...new Set(names)].map((name) => ids.get(name)!);
  return { ...rest, tagIds: idsOf(tags), allTagIds: idsOf(allTags), noTagIds: idsOf(noTags) };
}
