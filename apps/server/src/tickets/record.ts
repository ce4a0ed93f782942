import {
  type Unit,
  findCandidate,
  findTicketSummary,
  insertTicket,
  updateTicket,
  writeTicketTags,
  writeTicketText,
} from "@helpdesk/db";
import {
  type Decision,
  actorApiKeyId,
  actorUserId,
  canWork,
  cellChanges,
  isClockEvent,
  notificationsOf,
  release,
} from "@helpdesk/domain";
import type { Acting } from "../context.ts";
import { toCandidate } from "./candidate.ts";
import { askForRating } from "../ratings/ask.ts";
import { recordMentions } from "./mentioned.ts";
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
  const isReworded = events.some(({ kind }) => kind === "title_changed" || kind === "description_changed");
  if (isReworded) await writeTicketText(unit, { ticketId: ticket.id });
  const header = toHeader({ ...written, breached: breachedOf(decision) }, ctx);
  await recordMentions(unit, decision);
  await askForRating(ctx, unit, decision);
  const isReopened = before!.resolvedAt !== null && ticket.resolvedAt === null;
  return isReopened && ticket.assigneeId !== null ? letGo(ctx, unit, decision, header) : header;
}

/** What is reopened goes back to its queue where whoever had it can no longer work on tickets. */
async function letGo(
  ctx: Acting,
  unit: Unit,
  decision: Decision,
  header: TicketHeader,
): Promise<TicketHeader> {
  const row = await findCandidate.first(unit, { userId: decision.ticket.assigneeId! });
  if (!row || canWork(toCandidate(row))) return header;
  const actor = { kind: "system" as const, organizationId: ctx.desk.organizationId };
  const released = release({ ...decision, desk: ctx.desk, actor }, { id: row.id, label: row.name });
  return { ...(await record({ ...ctx, actor }, unit, released)), allowed: header.allowed };
}

/** Writes a new ticket under the organization's next number. */
export async function recordOpening(
  ctx: Acting,
  unit: Unit,
  decision: Decision,
  description: string,
): Promise<TicketHeader> {
  const written = await insertTicket.first(unit, {
    ...rowsOf(ctx, decision),
    isSimulated: decision.ticket.isSimulated,
    description,
  });
  if (!written) throw new Error("The organization has no ticket counter.");
  const { id: ticketId, tagIds } = decision.ticket;
  if (tagIds.length > 0) await writeTicketTags(unit, { ticketId, tagIds: JSON.stringify(tagIds) });
  return toHeader({ ...written, breached: breachedOf(decision) }, ctx);
}

const breachedOf = ({ cycles }: Decision) =>
  cycles.filter(({ breachedAt }) => breachedAt !== null).map(({ metric }) => metric);

/** A decision as the rows that are written for it: history, outbox, notifications and clocks derive from its events. */
function rowsOf(ctx: Acting, decision: Decision) {
  const { actor, desk, newId } = ctx;
  const { ticket, events, comment, at } = decision;
  const by = { actorId: actorUserId(actor), actorKind: actor.kind, apiKeyId: actorApiKeyId(actor) };
  const byItself = { actorId: null, actorKind: "system", apiKeyId: null };
  const told = notificationsOf(decision, desk, actor);
  // Said once for all that happened: the streams of those who are told look by themselves.
  const commentId = events.find((event) => event.commentId !== null)?.commentId ?? null;
  const toldIds = told.length > 0 ? told.map(({ userId }) => userId) : undefined;
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
              source: ctx.source ?? "web",
              sequence: events.find((event) => event.commentId === comment.id)!.sequence,
            },
          ]
        : [],
    ),
    history: JSON.stringify(
      events.map(({ kind, sequence, changes, commentId, mentionIds }, i) => ({
        id: newId(),
        eventId: newId(),
        sequence,
        kind,
        ...(isClockEvent(kind) ? byItself : by),
        changes,
        rulesVersion: desk.rulesVersion,
        data: { changes, commentId, mentionIds, toldIds: i === 0 ? toldIds : undefined },
      })),
    ),
    notifications: JSON.stringify(
      told.map(({ kind, userId }) => ({
        id: newId(),
        kind,
        userId,
        actorId: kind === "sla_warning" || kind === "sla_breached" ? null : by.actorId,
        // What a mail quotes: a decision has one comment at most.
        commentId: kind === "comment_added" || kind === "mention" ? commentId : null,
      })),
    ),
    cellChanges: JSON.stringify(
      cellChanges(decision.before, ticket).map((change) => ({ ...change, id: newId() })),
    ),
    cycles: JSON.stringify(decision.changedCycles.map((cycle) => ({ ...cycle, id: newId() }))),
  };
}
