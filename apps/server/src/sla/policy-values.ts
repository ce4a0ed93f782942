import { type Unit, findCandidates, holdTags, listDepartmentCalendars } from "@helpdesk/db";
import { canHaveTickets, departmentOf, departmentReaders, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { toCandidate } from "../tickets/candidate.ts";
import type { createPolicyInput } from "./input.ts";
import { calendarRowOf, compiled, expectReachable } from "./reach.ts";

export type PolicyTerms = z.output<typeof createPolicyInput>;

/**
 * The terms as they are stored, once what they name is found there and their targets can be reached.
 * @throws RefusalError `calendar.not_found`, `department.not_found`, `tag.not_found`, `sla_policy.person_not_eligible`, `sla_policy.unreachable`.
 */
export async function checkedValues(
  { desk, now }: Context,
  unit: Unit,
  id: string,
  terms: PolicyTerms,
): Promise<string> {
  await expectAbleToHelp(unit, terms);
  await expectTags(unit, terms.conditions.tagIds ?? []);
  for (const departmentId of terms.conditions.departmentIds ?? []) departmentOf(desk, departmentId);
  const policy = { ...terms, id, version: 1, position: 0 };
  const departments = await listDepartmentCalendars(unit);
  for (const calendarId of new Set([terms.calendarId, ...departments.map((each) => each.calendarId)])) {
    expectReachable(policy, calendarId, compiled(await calendarRowOf(unit, calendarId)), now);
  }
  return JSON.stringify({
    ...terms,
    firstResponseTargetSeconds: terms.firstResponseTargetSeconds || null,
    nextResponseTargetSeconds: terms.nextResponseTargetSeconds || null,
    resolutionTargetSeconds: terms.resolutionTargetSeconds || null,
  });
}

async function expectTags(unit: Unit, tagIds: readonly string[]): Promise<void> {
  const ids = [...new Set(tagIds)];
  const held = ids.length === 0 ? [] : await holdTags(unit, { ids: JSON.stringify(ids), names: "[]" });
  if (held.length < ids.length) refuse({ code: "tag.not_found" });
}

/**
 * Whom a policy's steps name must be able to help: active people who see tickets that are not their own, and who can
 * have them where they are given some. @throws RefusalError `sla_policy.person_not_eligible`.
 */
async function expectAbleToHelp(unit: Unit, { escalations: { steps = [] } }: PolicyTerms): Promise<void> {
  const actions = steps.map(({ action }) => action);
  const told = actions.flatMap((action) => (action.kind === "notify" ? action.userIds : []));
  const given = actions.flatMap((action) => (action.kind === "reassign" ? (action.userId ?? []) : []));
  const ids = [...new Set([...told, ...given])];
  if (ids.length === 0) return;
  const rows = await findCandidates(unit, { userIds: `{${ids.join(",")}}` });
  const able = rows
    .map(toCandidate)
    .filter(
      ({ isActive, permissions }) => isActive && departmentReaders.some((each) => permissions.has(each)),
    )
    .filter(({ id, permissions }) => !given.includes(id) || canHaveTickets(permissions))
    .map(({ id }) => id);
  const userIds = ids.filter((id) => !able.includes(id));
  if (userIds.length > 0) refuse({ code: "sla_policy.person_not_eligible", userIds });
}
