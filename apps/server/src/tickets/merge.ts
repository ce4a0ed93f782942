import { merge as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { situateTwo } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Closes a ticket into another and answers with the closed one. @throws RefusalError as `tickets.merge` declares. */
export const merge = (
  ctx: Context,
  { ticketId, version, intoTicketId }: { ticketId: string; version: number; intoTicketId: string },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const [source, target] = await situateTwo(ctx, unit, ticketId, intoTicketId);
    const decision = decide({ source, target, version });
    await record(ctx, unit, decision.target);
    return record(ctx, unit, decision.source);
  });
