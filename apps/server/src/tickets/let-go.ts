import { letGo as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { assigneeOf, situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Gives the actor's own ticket back to its queue. @throws RefusalError as `tickets.release` declares. */
export const letGo = (
  ctx: Context,
  { ticketId, version }: { ticketId: string; version: number },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const situation = await situate(ctx, unit, ticketId);
    return record(ctx, unit, decide(situation, { assignee: assigneeOf(situation), version }));
  });
