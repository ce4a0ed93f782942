import { lockPolicies, updatePolicy as write } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { updatePolicyInput } from "./input.ts";
import { checkedValues } from "./policy-values.ts";
import { requestRecount } from "./request-recount.ts";
import { type Policy, toPolicy } from "./view.ts";

/** Changes a policy; running clocks follow within seconds. @throws RefusalError as `sla.policies.update` declares. */
export const updatePolicy = (
  ctx: Context,
  { policyId, version, ...terms }: z.output<typeof updatePolicyInput>,
): Promise<Policy> =>
  ctx.transact(async (unit) => {
    const before =
      (await lockPolicies(unit)).find(({ id }) => id === policyId) ??
      refuse({ code: "sla_policy.not_found" });
    expectVersion(before, version);
    const values = await checkedValues(ctx, unit, policyId, terms);
    await write(unit, { id: policyId, values, at: ctx.now });
    await requestRecount(ctx, unit, [policyId]);
    return toPolicy((await lockPolicies(unit)).find(({ id }) => id === policyId)!);
  });
