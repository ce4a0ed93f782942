import { type Unit, findTicketSummary, insertTicket, updateTicket, writeTicketTags } from "@helpdesk/db";
import { type Decision, actorUserId, isClockEvent, notificationsOf } from "@helpdesk/domain";
import type { Acting } from "../context.ts";
import { type TicketHeader, toHeader } from "./view.ts";

/** Writes a decision with all that follows from it in one statement; where nothing happened, nothing is written. */
export async function record(
  ctx: Acting,
  unit: Unit,
  decision: Decision,
  { always = false } = {},
): Promise<TicketHeader> {
  const { before, ticket, events } = decision;
  if (events.length === 0 && !always) {
    return toHeader((await findTicketSummary.first(unit, { ticketId: ticket.id }))!, ctx);
  }
  if (before!.tagIds !== ticket.tagIds) {
    await writeTicketTags(unit, { ticketId: ticket.id, tagIds: JSON.stringify(ticket.tagIds) });
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
  ctx: Acting,
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
function rowsOf(ctx: Acting, decision: Decision) {
  const { actor, desk, newId } = ctx;
  const { ticket, events, comment, at } = decision;
  const by = { actorId: actorUserId(actor), actorKind: actor.kind };
  const byItself = { actorId: null, actorKind: "system" };
  return {
    ticketId: ticket.id,
    ticket: JSON.stringify(ticket),
    actorId: by.actorId,
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
        ...(isClockEvent(kind) ? byItself : by),
        changes,
        data: { changes, commentId },
      })),
    ),
    notifications: JSON.stringify(
      notificationsOf(decision, desk, actor).map(({ kind, userId }) => ({
        id: newId(),
        kind,
        userId,
        actorId: kind === "sla_warning" || kind === "sla_breached" ? null : by.actorId,
      })),
    ),
    cycles: JSON.stringify(decision.changedCycles.map((cycle) => ({ ...cycle, id: newId() }))),
  };
}
