import { findDescription, writeDescription } from "@helpdesk/db";
import { edit } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { situate } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

interface Update {
  ticketId: string;
  version: number;
  title?: string;
  description?: string;
}

/** Changes title or description; what is left out stays. @throws RefusalError as `tickets.update` declares. */
export const update = (
  ctx: Context,
  { ticketId, version, title, description }: Update,
): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const situation = await situate(ctx, unit, ticketId);
    if (description === undefined) return record(ctx, unit, edit(situation, { version, title }));
    const { description: from } = (await findDescription.first(unit, { ticketId }))!;
    const decision = edit(situation, { version, title, description: { from, to: description } });
    if (from !== description) await writeDescription(unit, { ticketId, description });
    return record(ctx, unit, decision);
  });
