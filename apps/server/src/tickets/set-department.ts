import { findCandidate } from "@helpdesk/db";
import { route } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { toCandidate } from "./candidate.ts";
import { situate } from "./situate.ts";
import { record } from "./record.ts";
import { giveAtOnce, holdTeam } from "./team.ts";
import type { TicketHeader } from "./view.ts";

/** Routes a ticket to a department, or to none. @throws RefusalError as `tickets.setDepartment` declares. */
export const setDepartment = (
  ctx: Context,
  input: { ticketId: string; departmentId: string | null; version: number },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const { departmentId, version } = input;
    const team = await holdTeam(ctx, unit, departmentId);
    const situation = await situate(ctx, unit, input.ticketId);
    const { assigneeId } = situation.ticket;
    // Not locked: people come before tickets. Who is put out meanwhile lets go of the ticket by that.
    const row = assigneeId === null ? undefined : await findCandidate.first(unit, { userId: assigneeId });
    const assignee = row ? toCandidate(row) : null;
    const decision = route(situation, { departmentId, version, assignee });
    const header = await record(ctx, unit, decision);
    const hasMoved = decision.ticket.departmentId !== situation.ticket.departmentId;
    return hasMoved ? giveAtOnce(ctx, unit, team, { decision, header }) : header;
  });
