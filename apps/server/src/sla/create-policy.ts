import { insertPolicy, lockPolicies } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { type PolicyTerms, checkedValues } from "./policy-values.ts";
import { requestRecount } from "./request-recount.ts";
import { type Policy, toPolicy } from "./view.ts";

/** Makes a policy that comes after all others. @throws RefusalError as `sla.policies.create` declares. */
export const createPolicy = (ctx: Context, terms: PolicyTerms): Promise<Policy> =>
  ctx.transact(async (unit) => {
    const id = ctx.newId();
    const policies = await lockPolicies(unit);
    const position = Math.max(0, ...policies.map((policy) => policy.position)) + 1;
    const values = await checkedValues(ctx, unit, id, terms);
    const row = (await insertPolicy.first(unit, { id, position, values, at: ctx.now }))!;
    await requestRecount(ctx, unit, [id]);
    return toPolicy(row);
  });
