import {
  type LockedTicket,
  type Unit,
  holdAllTickets,
  holdTicket,
  lockTicket,
  lockTickets,
} from "@helpdesk/db";
import { type Labelled, type Situation, expectVisible, later } from "@helpdesk/domain";
import type { Acting } from "../context.ts";

export type LockedSituation = Situation & { ticket: LockedTicket };

/** Locks a ticket that the actor may see. @throws RefusalError `ticket.not_found`. */
export async function situate(ctx: Acting, unit: Unit, ticketId: string): Promise<LockedSituation> {
  // Sent one after the other in one round trip.
  const [, ticket] = await Promise.all([
    holdTicket(unit, { ticketId }),
    lockTicket.first(unit, { ticketId }),
  ]);
  return situationOf(ctx, expectVisible(ctx.actor, ticket));
}

/** Locks tickets in the order of their ids, whether or not anybody may see them. */
export async function lockAll(unit: Unit, ticketIds: readonly string[]): Promise<LockedTicket[]> {
  const ids = `{${ticketIds.join(",")}}`;
  const [, tickets] = await Promise.all([holdAllTickets(unit, { ids }), lockTickets(unit, { ids })]);
  return tickets;
}

/** Locks two tickets that the actor may see. @throws RefusalError `ticket.not_found` where they do not see both. */
export async function situateTwo(
  ctx: Acting,
  unit: Unit,
  oneId: string,
  otherId: string,
): Promise<[one: LockedSituation, other: LockedSituation]> {
  const locked = await lockAll(unit, [oneId, otherId]);
  const of = (ticketId: string) => {
    const ticket = locked.find(({ id }) => id === ticketId);
    return situationOf(ctx, expectVisible(ctx.actor, ticket));
  };
  return [of(oneId), of(otherId)];
}

/** What a decision on a locked ticket looks at. */
export function situationOf({ actor, desk, now }: Acting, ticket: LockedTicket): LockedSituation {
  const categories = ticket.statusHistory.map(({ at, key }) => ({
    at,
    category: desk.statuses.categoryOf(key),
  }));
  return { ticket, cycles: ticket.cycles, categories, desk, actor, at: later(now, ticket.lastEventAt) };
}

/** Who has the ticket now, with the name that history keeps. */
export const assigneeOf = ({ ticket }: { ticket: LockedTicket }): Labelled | null =>
  ticket.assigneeId === null ? null : { id: ticket.assigneeId, label: ticket.assigneeName ?? "" };
