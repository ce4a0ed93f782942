import { listInboundMails } from "@helpdesk/db";
import { type InboundMailState, may, ticketScope } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { type MailSummary, toMailSummary } from "./view.ts";

interface Listing {
  state?: InboundMailState | null | undefined;
  ticketId?: string | null | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

const ORDER = "received_at";
const BEGINNING = { value: "9999-12-31T23:59:59.999Z", id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };

/** Mails, the latest first: those on tickets that the actor works on and, for who manages mail, those that are on none. */
export async function list(
  { actor, read }: Context,
  { state = null, ticketId = null, limit, cursor }: Listing,
): Promise<{ items: MailSummary[]; nextCursor: string | null }> {
  const before = cursor == null ? BEGINNING : fromCursor(cursor, ORDER);
  const scope = ticketScope(actor);
  const listed = { scope: scope === "none" ? ("own" as const) : scope, state, isOfTicket: ticketId !== null };
  const rows = await listInboundMails(listed)(read, {
    readerId: actor.userId,
    departmentIds: `{${[...actor.departmentIds].join(",")}}`,
    isManager: may(actor, "mail.manage"),
    seesNotes: may(actor, "ticket.note"),
    ticketId,
    beforeAt: before.value,
    beforeId: before.id,
    limit: fetchSize(limit),
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    items: page.map(toMailSummary),
    nextCursor: hasMore ? toCursor({ order: ORDER, value: last.receivedAt, id: last.id }) : null,
  };
}
