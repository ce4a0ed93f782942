import { type Unit, findLinksBetween, insertLink } from "@helpdesk/db";
import { type TicketLink, type TicketRelation, inverseOf, link as decide, linkOf } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { record } from "./record.ts";
import { type LockedSituation, situateTwo } from "./situate.ts";
import type { TicketHeader } from "./view.ts";

export interface Linking {
  ticketId: string;
  otherTicketId: string;
  relation: TicketRelation;
}

/** Says what a ticket is to another, on both. @throws RefusalError as `tickets.link` declares. */
export const link = (ctx: Context, input: Linking): Promise<TicketHeader> =>
  ctx.transact(async (unit) => {
    const { one, other, links } = await situateBoth(ctx, unit, input);
    const { relation } = input;
    const decision = decide(one, { relation, other: other.ticket, links });
    const mirrored = decide(other, { relation: inverseOf[relation], other: one.ticket, links });
    if (decision.events.length > 0) {
      const row = linkOf(relation, one.ticket.id, other.ticket.id);
      await insertLink(unit, { ...row, createdById: ctx.actor.userId, at: ctx.now });
    }
    await record(ctx, unit, mirrored);
    return record(ctx, unit, decision);
  });

/** Locks both tickets. @throws RefusalError `ticket.not_found` where the actor does not see both. */
export async function situateBoth(
  ctx: Context,
  unit: Unit,
  { ticketId, otherTicketId }: Linking,
): Promise<{ one: LockedSituation; other: LockedSituation; links: TicketLink[] }> {
  const [one, other] = await situateTwo(ctx, unit, ticketId, otherTicketId);
  return { one, other, links: await findLinksBetween(unit, { ticketId, otherId: otherTicketId }) };
}
