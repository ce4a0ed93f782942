import { listPolicies, lockPolicies, orderPolicies as write } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { requestRecount } from "./request-recount.ts";
import { type Policy, toPolicy } from "./view.ts";

/** Puts the policies into an order, which decides what applies. @throws RefusalError `sla_policy.order_incomplete`. */
export const orderPolicies = (
  ctx: Context,
  { policyIds }: { policyIds: readonly string[] },
): Promise<Policy[]> =>
  ctx.transact(async (unit) => {
    const known = (await lockPolicies(unit)).map(({ id }) => id);
    const isComplete = known.length === policyIds.length && new Set(policyIds).size === known.length;
    if (!isComplete || !known.every((id) => policyIds.includes(id)))
      refuse({ code: "sla_policy.order_incomplete" });
    const moved = await write(unit, { ids: `{${policyIds.join(",")}}`, at: ctx.now });
    const movedIds = moved.map(({ id }) => id);
    if (movedIds.length > 0) await requestRecount(ctx, unit, movedIds);
    return (await listPolicies(unit)).map(toPolicy);
  });
