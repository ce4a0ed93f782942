import type { Context } from "../context.ts";
import { mayBeUnknownYet } from "../refusals.ts";
import type { Outcome } from "./idempotency.ts";

/** Does a call that met a rule which its process does not know once more, by the rules of now: what failed has written nothing. */
export async function byNewestRules<R extends Outcome>(
  ctx: Context,
  run: (ctx: Context) => Promise<R>,
): Promise<R> {
  const outcome = await run(ctx);
  if (outcome.ok || !mayBeUnknownYet(outcome.error.cause)) return outcome;
  return run({ ...ctx, desk: await ctx.request.resources.desks.after(ctx.desk) });
}
