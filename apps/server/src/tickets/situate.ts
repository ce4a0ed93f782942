import { type LockedTicket, type Unit, lockTicket } from "@helpdesk/db";
import { type Labelled, type Situation, expectVisible, later } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** Locks a ticket that the actor may see. @throws RefusalError `ticket.not_found`. */
export async function situate(
  ctx: Context,
  unit: Unit,
  ticketId: string,
): Promise<Situation & { ticket: LockedTicket }> {
  const { actor, desk, now } = ctx;
  const ticket = expectVisible(actor, await lockTicket(unit, { ticketId }));
  const categories = ticket.statusHistory.flatMap(({ at, key }) => {
    const category = desk.statuses.categoryOf(key);
    return category ? [{ at, category }] : [];
  });
  return { ticket, cycles: ticket.cycles, categories, desk, actor, at: later(now, ticket.updatedAt) };
}

/** Who has the ticket now, with the name that history keeps. */
export const assigneeOf = ({ ticket }: { ticket: LockedTicket }): Labelled | null =>
  ticket.assigneeId === null ? null : { id: ticket.assigneeId, label: ticket.assigneeName ?? "" };
