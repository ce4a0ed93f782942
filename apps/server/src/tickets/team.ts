import { type Unit, findTeam, holdTeam as hold, writeTurns } from "@helpdesk/db";
import {
  type AssignmentStrategy,
  type Decision,
  type Situation,
  type TeamMember,
  afterTurn,
  giveOut,
} from "@helpdesk/domain";
import type { Acting } from "../context.ts";
import { toCandidate } from "./candidate.ts";
import { record } from "./record.ts";
import type { TicketHeader } from "./view.ts";

/** The people of a department that gives out tickets by itself. */
export interface Team {
  departmentId: string;
  strategy: AssignmentStrategy;
  members: TeamMember[];
  hasQueue: boolean;
}

/**
 * Locks the people of a department that gives out tickets by itself; null where it does not.
 * They are locked in the order of their ids and before any ticket, so that two who give out count one after the other.
 */
export async function holdTeam(
  { desk }: Acting,
  unit: Unit,
  departmentId: string | null,
): Promise<Team | null> {
  const department = departmentId === null ? undefined : desk.departments.get(departmentId);
  if (!department || department.assignment === "manual") return null;
  const { id } = department;
  // Sent one after the other in one round trip: who waited for a lock counts by the second.
  const [, rows] = await Promise.all([
    hold(unit, { departmentId: id }),
    findTeam(unit, { departmentId: id }),
  ]);
  const [row] = rows;
  if (!row || row.assignment === "manual") return null;
  const members = rows.map((member) => ({ ...member, ...toCandidate(member) }));
  return { departmentId: id, strategy: row.assignment, members, hasQueue: row.hasQueue };
}

/** The product itself, acting in an organization. */
const itself = (ctx: Acting): Acting => ({
  ...ctx,
  actor: { kind: "system", organizationId: ctx.actor.organizationId },
});

/** Gives a ticket of the team's queue to the next of them but its last holder; where nobody can be given it, nothing changes. */
export async function giveTo(
  ctx: Acting,
  unit: Unit,
  team: Team,
  situation: Situation,
  lastHolderId: string | null = null,
): Promise<{ header: TicketHeader; team: Team } | null> {
  const decision = giveOut(situation, { ...team, lastHolderId });
  const { assigneeId } = decision.ticket;
  if (decision.events.length === 0 || assigneeId === null) return null;
  const header = await record(itself(ctx), unit, decision);
  const members = afterTurn(team.members, assigneeId, decision.at);
  const { lastAssignedAt } = members.find(({ id }) => id === assigneeId)!;
  const turns = JSON.stringify([{ userId: assigneeId, lastAssignedAt }]);
  await writeTurns(unit, { departmentId: team.departmentId, turns });
  return { header, team: { ...team, members } };
}

/** What is answered for a ticket that has just come to the team's department: given at once, unless others wait for it. */
export async function giveAtOnce(
  ctx: Acting,
  unit: Unit,
  team: Team | null,
  arrival: { decision: Decision; header: TicketHeader },
): Promise<TicketHeader> {
  const { decision, header } = arrival;
  if (!team || team.hasQueue) return header;
  const situation: Situation = { ...decision, desk: ctx.desk, actor: itself(ctx).actor };
  const given = await giveTo(ctx, unit, team, situation);
  return given ? { ...given.header, allowed: header.allowed } : header;
}
