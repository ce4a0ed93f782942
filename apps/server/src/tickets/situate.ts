import { type LockedTicket, type Unit, lockTicket } from "@helpdesk/db";
import { type Labelled, type Situation, expectVisible, later } from "@helpdesk/domain";
import type { Context } from "../context.ts";

type TicketSituation = Situation & { ticket: LockedTicket };

/** Locks a ticket that the actor may see. @throws RefusalError `ticket.not_found`. */
export const situate = async (ctx: Context, unit: Unit, ticketId: string): Promise<TicketSituation> =>
  situationOf(ctx, expectVisible(ctx.actor, await lockTicket(unit, { ticketId })));

/** What a decision on a locked ticket looks at. */
export function situationOf({ actor, desk, now }: Context, ticket: LockedTicket): TicketSituation {
  const categories = ticket.statusHistory.flatMap(({ at, key }) => {
    const category = desk.statuses.categoryOf(key);
    return category ? [{ at, category }] : [];
  });
  return { ticket, cycles: ticket.cycles, categories, desk, actor, at: later(now, ticket.lastEventAt) };
}

/** Who has the ticket now, with the name that history keeps. */
export const assigneeOf = ({ ticket }: { ticket: LockedTicket }): Labelled | null =>
  ticket.assigneeId === null ? null : { id: ticket.assigneeId, label: ticket.assigneeName ?? "" };
