import { sql } from "drizzle-orm";
import { query } from "../statement.ts";
import { type TimelineRow, entriesOf } from "./ticket-view.ts";

/** What of a ticket lists do not show. */
export const findTicketTexts = query<{ ticketId: string }, { description: string; tags: string[] }>(
  (p) => sql`
    select t.description, array(select g.name from ticket_tags l
      join tags g on g.organization_id = ${p.organizationId} and g.id = l.tag_id
      where l.organization_id = ${p.organizationId} and l.ticket_id = t.id order by g.name) as tags
    from tickets t where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}::uuid and not t.is_simulated`,
);

/** One line of a ticket's history with all that hangs on it, by its number: for those who see everything. */
export const findTicketEvent = query<{ ticketId: string; sequence: number }, TimelineRow>(
  (p) =>
    entriesOf(
      p.organizationId,
      sql`
        select h.id, h.ticket_id, h.sequence, h.kind, h.actor_id, h.at, h.api_key_id, h.changes, t.number
        from ticket_history h
        join tickets t on t.organization_id = ${p.organizationId} and t.id = h.ticket_id and not t.is_simulated
        where h.organization_id = ${p.organizationId} and h.ticket_id = ${p.ticketId}::uuid
          and h.sequence = ${p.sequence}::int`,
    ) as ReturnType<typeof sql<TimelineRow>>,
);
