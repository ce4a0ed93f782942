import { sql } from "drizzle-orm";
import type { Belonging } from "@helpdesk/domain";
import { query } from "../statement.ts";
import { ccIdsOf } from "./ticket-cc.ts";
import { type TicketSummaryRow, breachedMetrics, people, ticketSummary } from "./ticket-summary.ts";
import { type TimelineRow, entriesOf, forCustomers } from "./ticket-view.ts";

/** A ticket as it is, with what came into its own history. */
export interface TicketChangesRow extends TicketSummaryRow {
  ccIds: string[];
  /** The ticket's last event that there is, seen or not. */
  lastSequence: number;
  /** The last entry that is shown. */
  lastEntryId: string;
  /** What came after the position, as far as it is shown, in order: at most 100. */
  entries: (TimelineRow & { sequence: number })[];
  /** Whether there is more than these. */
  hasMore: boolean;
}

/** Entries that one look takes at most. */
const PAGE = 100;

const page = sql.raw(String(PAGE));

/** A ticket and what came after an event of it, with what notes tell or without. Whether the reader sees either is for the caller to ask. */
export const findTicketChanges = query<
  { ticketId: string; afterSequence: number | null; notes: boolean },
  TicketChangesRow
>(
  (p) => sql`
    with line as (
      ${entriesOf(
        p.organizationId,
        sql`
        select h.id, h.ticket_id, h.sequence, h.kind, h.actor_id, h.at, i.number,
          case when ${p.notes}::boolean then h.api_key_id end as api_key_id,
          case when ${p.notes}::boolean then h.changes else h.changes - 'merged_into' end as changes
        from tickets i
        join ticket_history h on h.organization_id = ${p.organizationId} and h.ticket_id = i.id
          and h.sequence > coalesce(${p.afterSequence}::int, i.last_event_sequence)
          and (${p.notes}::boolean or h.kind in (${forCustomers}))
        where i.organization_id = ${p.organizationId} and i.id = ${p.ticketId}::uuid
        order by h.sequence limit ${page} + 1`,
      )})
    select ${ticketSummary}, ${breachedMetrics(p.organizationId)}, ${ccIdsOf(p.organizationId)} as "ccIds",
      t.last_event_sequence as "lastSequence",
      (select h.id from ticket_history h where h.organization_id = ${p.organizationId} and h.ticket_id = t.id
        and (${p.notes}::boolean or h.kind in (${forCustomers})) order by h.sequence desc limit 1) as "lastEntryId",
      coalesce((select jsonb_agg(to_jsonb(l) order by l.sequence)
        from (select * from line order by sequence limit ${page}) l), '[]') as entries,
      (select count(*) > ${page} from line) as "hasMore"
    from tickets t ${people(p.organizationId)}
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}::uuid and not t.is_simulated
      and t.archived_at is null`,
);

/** What tells who sees some tickets. */
export const listBelongings = query<{ ids: string }, Belonging & { id: string }>(
  (p) => sql`
    select t.id, t.customer_id as "customerId", t.assignee_id as "assigneeId", t.department_id as "departmentId",
      ${ccIdsOf(p.organizationId)} as "ccIds"
    from tickets t
    where t.organization_id = ${p.organizationId} and t.id = any((${p.ids}::text)::uuid[]) and not t.is_simulated
      and t.archived_at is null`,
);

/**
 * Where in a ticket's own history an entry of its timeline stands, which may be of a ticket that is merged into it. No
 * row where there is no such entry.
 */
export const findEntryPosition = query<{ ticketId: string; entryId: string }, { sequence: number }>(
  (p) => sql`
    select (select coalesce(max(h.sequence), 0)::int from ticket_history h
      where h.organization_id = ${p.organizationId} and h.ticket_id = ${p.ticketId}::uuid
        and (h.at, h.ticket_id, h.sequence) <= (b.at, b.ticket_id, b.sequence)) as sequence
    from ticket_history b where b.organization_id = ${p.organizationId} and b.id = ${p.entryId}::uuid`,
);
