import { holdCandidate } from "@helpdesk/db";
import { take as decide, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { toCandidate } from "./candidate.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** The actor takes an unassigned ticket. @throws RefusalError as `tickets.take` declares. */
export const take = (ctx: Context, input: { ticketId: string }): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const row = await holdCandidate(unit, { userId: ctx.actor.userId });
    const candidate = toCandidate(row ?? refuse({ code: "auth.required" }));
    return record(ctx, unit, decide(await situate(ctx, unit, input.ticketId), { candidate }));
  });
