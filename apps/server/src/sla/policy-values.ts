import type { Unit } from "@helpdesk/db";
import { departmentOf } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { createPolicyInput } from "./input.ts";
import { calendarRowOf, compiled, expectReachable } from "./reach.ts";

export type PolicyTerms = z.output<typeof createPolicyInput>;

/**
 * The terms as they are stored, once what they name is found there and their targets can be reached.
 * @throws RefusalError `calendar.not_found`, `department.not_found`, `sla_policy.unreachable`.
 */
export async function checkedValues(
  { desk, now }: Context,
  unit: Unit,
  id: string,
  terms: PolicyTerms,
): Promise<string> {
  for (const departmentId of terms.conditions.departmentIds ?? []) departmentOf(desk, departmentId);
  const calendar = await calendarRowOf(unit, terms.calendarId);
  const policy = { ...terms, id, version: 1, position: 0 };
  expectReachable(policy, calendar.id, compiled(calendar), now);
  return JSON.stringify({
    ...terms,
    firstResponseTargetSeconds: terms.firstResponseTargetSeconds || null,
    nextResponseTargetSeconds: terms.nextResponseTargetSeconds || null,
    resolutionTargetSeconds: terms.resolutionTargetSeconds || null,
  });
}
