import { findMergedInto } from "@helpdesk/db";
import { expectVersion, refuse, unmerge as decide } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { situate, situateTwo } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

/** Takes a merge back and answers with the ticket that is itself again. @throws RefusalError as `tickets.unmerge` declares. */
export const unmerge = (
  ctx: Context,
  { ticketId, version }: { ticketId: string; version: number },
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    // Both are locked in the order of their ids, so the other one must be known before.
    const { intoId = null } = (await findMergedInto.first(unit, { ticketId })) ?? {};
    if (intoId === null) {
      const { ticket } = await situate(ctx, unit, ticketId);
      expectVersion(ticket, version);
      return refuse({ code: "ticket.not_merged" });
    }
    const [source, target] = await situateTwo(ctx, unit, ticketId, intoId);
    // Merged elsewhere since it was looked up.
    const { merge, version: now } = source.ticket;
    if (merge?.into.id !== intoId) refuse({ code: "version.conflict", version: now });
    const decision = decide({ source, target, version });
    await record(ctx, unit, decision.target);
    return record(ctx, unit, decision.source);
  });
