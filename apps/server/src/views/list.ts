import { listTags } from "@helpdesk/db";
import { builtInViewKeys } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { count } from "./count.ts";
import { seenViews } from "./seen.ts";
import { type CountedView, askedBy, askedByBuiltIn, builtIns, toView } from "./view.ts";

/** The views that the actor sees with their counts: built-in ones, one's own, those of departments and of everybody. */
export async function list(ctx: Context): Promise<CountedView[]> {
  const [rows, tags] = await Promise.all([seenViews(ctx), listTags(ctx.read)]);
  const views = [...builtIns(), ...rows.map((row) => toView(row, ctx.actor, tags))];
  const counts = await count(ctx, [...builtInViewKeys.map(askedByBuiltIn), ...rows.map(askedBy)]);
  return views.map((view, i) => ({ ...view, count: counts[i]! }));
}
