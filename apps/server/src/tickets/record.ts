import { type Unit, findTicketSummary, insertTicket, updateTicket } from "@helpdesk/db";
import { type Decision, actorUserId, notificationsOf } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type TicketHeader, toHeader } from "./view.ts";

/** Writes a decision with all that follows from it in one statement; where nothing happened, nothing is written. */
export async function record(ctx: Context, unit: Unit, decision: Decision): Promise<TicketHeader> {
  const { before, ticket, events } = decision;
  if (events.length === 0) {
    return toHeader((await findTicketSummary.first(unit, { ticketId: ticket.id }))!, ctx);
  }
  const written = await updateTicket.first(unit, {
    ...rowsOf(ctx, decision),
    readSequence: before!.lastEventSequence,
  });
  if (!written) throw new Error("A locked ticket changed under its lock.");
  return toHeader({ ...written, breached: breachedOf(decision) }, ctx);
}

/** Writes a new ticket under the organization's next number. */
export async function recordOpening(
  ctx: Context,
  unit: Unit,
  decision: Decision,
  description: string,
): Promise<TicketHeader> {
  const written = await insertTicket.first(unit, { ...rowsOf(ctx, decision), description });
  if (!written) throw new Error("The organization has no ticket counter.");
  return toHeader({ ...written, breached: breachedOf(decision) }, ctx);
}

const breachedOf = ({ cycles }: Decision) =>
  cycles.filter(({ breachedAt }) => breachedAt !== null).map(({ metric }) => metric);

/** A decision as the rows that are written for it: history, outbox, notifications and clocks derive from its events. */
function rowsOf(ctx: Context, decision: Decision) {
  const { actor, desk, newId } = ctx;
  const { ticket, events, comment, at } = decision;
  return {
    ticketId: ticket.id,
    ticket: JSON.stringify(ticket),
    actorId: actorUserId(actor),
    actorKind: actor.kind,
    at,
    comment: JSON.stringify(
      comment
        ? [
            {
              ...comment,
              source: "web",
              sequence: events.find((event) => event.commentId === comment.id)!.sequence,
            },
          ]
        : [],
    ),
    history: JSON.stringify(
      events.map(({ kind, sequence, changes, commentId }) => ({
        id: newId(),
        eventId: newId(),
        sequence,
        kind,
        changes,
        data: { changes, commentId },
      })),
    ),
    notifications: JSON.stringify(
      notificationsOf(decision, desk, actor).map(({ kind, userId }) => ({ id: newId(), kind, userId })),
    ),
    cycles: JSON.stringify(decision.changedCycles.map((cycle) => ({ ...cycle, id: newId() }))),
  };
}
