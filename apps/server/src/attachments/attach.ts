import { type Unit, attachUploads } from "@helpdesk/db";
import { type Instant, refuse } from "@helpdesk/domain";
import type { ActingUser } from "../context.ts";

interface Attaching {
  /** Of one's own uploads; none does nothing. */
  attachmentIds: readonly string[];
  ticketId: string;
  /** Null for the description of a ticket that is just being opened. */
  commentId: string | null;
  at: Instant;
}

/** Makes uploads a part of a text that the unit has written. @throws RefusalError `attachment.not_found`, `attachment.infected`. */
export async function attach(ctx: ActingUser, unit: Unit, attaching: Attaching): Promise<void> {
  const { attachmentIds, ticketId, commentId, at } = attaching;
  const ids = [...new Set(attachmentIds)];
  if (ids.length === 0) return;
  const rows = await attachUploads(unit, {
    ids: `{${ids.join(",")}}`,
    sentForTicketId: commentId === null ? null : ticketId,
    ticketId,
    commentId,
    actorId: ctx.actor.userId,
    at,
  });
  if (rows.length < ids.length) refuse({ code: "attachment.not_found" });
  if (rows.some(({ state }) => state === "rejected")) refuse({ code: "attachment.infected" });
}
