import { findView } from "@helpdesk/db";
import { canSeeView, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type TicketPage, listWhere } from "../tickets/list.ts";
import { type Asked, askedBy, askedByBuiltIn, isBuiltIn } from "./view.ts";

/** A page of a view's tickets, as far as the actor may see them. @throws RefusalError `view.not_found`, `cursor.invalid`. */
export async function tickets(
  ctx: Context,
  { viewId, ...page }: { viewId: string; limit: number; cursor?: string | null | undefined },
): Promise<TicketPage> {
  const { conditions, ...order } = await askedBySeen(ctx, viewId);
  return listWhere(ctx, conditions, { ...page, ...order });
}

/** @throws RefusalError `view.not_found`. */
export async function askedBySeen({ actor, read }: Context, viewId: string): Promise<Asked> {
  if (isBuiltIn(viewId)) return askedByBuiltIn(viewId);
  const row = await findView.first(read, { id: viewId });
  return row && canSeeView(actor, row) ? askedBy(row) : refuse({ code: "view.not_found" });
}
