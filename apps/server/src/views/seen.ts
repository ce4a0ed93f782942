import { type ViewRow, listViews } from "@helpdesk/db";
import { canSeeView, viewKind, viewKinds } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** The stored views that the actor sees: their own first, then those of departments, then everybody's. */
export async function seenViews({ actor, read }: Context): Promise<ViewRow[]> {
  const rows = await listViews(read, { userId: actor.userId });
  return rows
    .filter((row) => canSeeView(actor, row))
    .toSorted((a, b) => viewKinds.indexOf(viewKind(a)) - viewKinds.indexOf(viewKind(b)));
}
