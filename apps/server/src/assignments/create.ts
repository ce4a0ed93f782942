import {
  type Reader,
  findAssignments,
  findCandidates,
  findOfferedScenario,
  findOpenAssignments,
  holdAssignees,
  writeAssignments,
} from "@helpdesk/db";
import {
  type Assignee,
  type Instant,
  canBeAssigned,
  departmentOf,
  expectAssignable,
  expectLater,
  permissionSet,
  refuse,
  supervises,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type Assignment, toAssignment } from "./view.ts";

export interface AssignmentInput {
  scenarioKey: string;
  /** People by id, or all of a department whom the actor supervises. */
  to: { userIds: string[] } | { departmentId: string };
  dueAt: Instant | null;
  note: string | null;
}

/**
 * Gives people a scenario to pass. Whoever has it to do already gets the new day and note instead of a second one.
 * @throws RefusalError as `assignments.create` declares.
 */
export const create = (
  ctx: Context,
  { scenarioKey, to, dueAt, note }: AssignmentInput,
): Promise<Assignment[]> =>
  ctx.transact(async (unit) => {
    const { actor, desk, now } = ctx;
    expectLater(dueAt, now);
    const supervised = (userId: string) => supervises(actor, desk, userId);
    const named = "userIds" in to ? [...new Set(to.userIds)] : membersOf(ctx, to.departmentId, supervised);
    await holdAssignees(unit, { userIds: JSON.stringify(named) });
    const people = await assigneesOf(unit, named);
    const userIds = "userIds" in to ? named : people.filter(canBeAssigned).map(({ id }) => id);
    expectAssignable(userIds, people, supervised);
    const scenario = await findOfferedScenario.first(unit, { key: scenarioKey });
    if (!scenario) return refuse({ code: "scenario.not_found" });
    const open = await findOpenAssignments(unit, { scenarioKey, userIds: JSON.stringify(userIds) });
    const known = new Map(open.map(({ id, userId }) => [userId, id]));
    const given = userIds.map((userId) => ({
      id: known.get(userId) ?? ctx.newId(),
      userId,
      notificationId: ctx.newId(),
    }));
    await writeAssignments(unit, {
      assignments: JSON.stringify(given),
      scenarioKey,
      title: scenario.title,
      assignedById: actor.userId,
      dueAt,
      note,
      at: now,
    });
    const rows = await findAssignments(unit, { ids: JSON.stringify(given.map(({ id }) => id)) });
    return rows.map((row) => toAssignment(row, now));
  });

const textArray = (ids: readonly string[]): string => `{${ids.join(",")}}`;

const assigneesOf = async (via: Reader, userIds: readonly string[]): Promise<Assignee[]> =>
  (await findCandidates(via, { userIds: textArray(userIds) })).map((row) => ({
    ...row,
    permissions: permissionSet(row.permissions),
  }));

/** The people of a department whom the actor supervises. @throws RefusalError `department.not_found`. */
const membersOf = (
  { desk }: Context,
  departmentId: string,
  supervised: (userId: string) => boolean,
): string[] => [...departmentOf(desk, departmentId).memberIds].filter(supervised);
