import { take as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { candidateOf } from "./assign.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** The actor takes an unassigned ticket. @throws RefusalError as `tickets.take` declares. */
export const take = (ctx: Context, input: { ticketId: string }): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const situation = await situate(ctx, unit, input.ticketId);
    return record(ctx, unit, decide(situation, { candidate: await candidateOf(unit, ctx.actor.userId) }));
  });
