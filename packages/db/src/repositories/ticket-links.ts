import { sql } from "drizzle-orm";
import type { Instant, TicketLink } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

/** The links between two tickets, either way round. */
export const findLinksBetween = query<{ ticketId: string; otherId: string }, TicketLink>(
  (p) => sql`
    select from_ticket_id as "fromId", to_ticket_id as "toId", kind from ticket_links
    where organization_id = ${p.organizationId} and (
      (from_ticket_id = ${p.ticketId} and to_ticket_id = ${p.otherId})
      or (from_ticket_id = ${p.otherId} and to_ticket_id = ${p.ticketId}))`,
);

export const insertLink = command<TicketLink & { createdById: string; at: Instant }, never>(
  (p) => sql`
    insert into ticket_links (organization_id, from_ticket_id, to_ticket_id, kind, created_by_id, created_at)
    values (${p.organizationId}, ${p.fromId}, ${p.toId}, ${p.kind}, ${p.createdById}, ${p.at})`,
);

export const deleteLink = command<TicketLink, never>(
  (p) => sql`
    delete from ticket_links where organization_id = ${p.organizationId}
      and from_ticket_id = ${p.fromId} and to_ticket_id = ${p.toId} and kind = ${p.kind}`,
);
