import { countErasable, findErasable } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** What erasing a person would take, by table. @throws RefusalError `user.not_found`. */
export async function plan(
  ctx: Context,
  { userId }: { userId: string },
): Promise<{ userId: string; counts: Record<string, number> }> {
  const { email } = (await findErasable.first(ctx.read, { userId })) ?? refuse({ code: "user.not_found" });
  const { counts } = (await countErasable.first(ctx.read, { userId, email }))!;
  return { userId, counts };
}
