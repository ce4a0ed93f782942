import { builtInViewKeys } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { count } from "./count.ts";
import { seenViews } from "./seen.ts";
import { askedBy, askedByBuiltIn } from "./view.ts";

/** How many tickets there are in these views, or in all that the actor sees; those that are not there are left out. */
export async function counts(
  ctx: Context,
  { viewIds }: { viewIds?: string[] | undefined },
): Promise<{ viewId: string; count: number }[]> {
  const all = [
    ...builtInViewKeys.map((key) => ({ viewId: key as string, asked: askedByBuiltIn(key) })),
    ...(await seenViews(ctx)).map((row) => ({ viewId: row.id, asked: askedBy(row) })),
  ];
  const wanted = all.filter(({ viewId }) => viewIds?.includes(viewId) ?? true);
  const numbers = await count(
    ctx,
    wanted.map(({ asked }) => asked),
  );
  return wanted.map(({ viewId }, i) => ({ viewId, count: numbers[i]! }));
}
