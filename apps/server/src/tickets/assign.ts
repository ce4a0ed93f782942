import { assign as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { heldCandidate } from "./candidate.ts";
import { record } from "./record.ts";
import { assigneeOf, situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Gives a ticket to somebody, or to nobody. @throws RefusalError as `tickets.assign` declares. */
export const assign = (
  ctx: Context,
  input: { ticketId: string; assigneeId: string | null; version: number },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const { ticketId, assigneeId, version } = input;
    const candidate = assigneeId === null ? null : await heldCandidate(unit, assigneeId);
    const situation = await situate(ctx, unit, ticketId);
    return record(ctx, unit, decide(situation, { candidate, assignee: assigneeOf(situation), version }));
  });
