import { sql } from "drizzle-orm";
import {
  type Change,
  type Instant,
  type SlaCycle,
  type TicketLink,
  type TicketEventKind,
  type Source,
  type Visibility,
  kindsForCustomers,
} from "@helpdesk/domain";
import { isoInJson } from "../sql.ts";
import { type Params, query } from "../statement.ts";
import { cyclesOf } from "./ticket-rows.ts";
import { type TicketSummaryRow, breachedMetrics, people, ticketSummary } from "./ticket-summary.ts";

/** One line of a ticket's history, with the comment it added. */
export interface TimelineRow {
  id: string;
  kind: TicketEventKind;
  at: Instant;
  actor: { id: string; name: string } | null;
  changes: Record<string, Change>;
  comment: {
    id: string;
    visibility: Visibility;
    body: string;
    source: Source;
    editedAt: Instant | null;
  } | null;
}

/** A linked ticket, with what tells whether the reader may see it. */
export interface LinkRow extends TicketLink {
  ticket: Pick<
    TicketSummaryRow,
    "id" | "number" | "title" | "statusId" | "customerId" | "assigneeId" | "departmentId"
  >;
}

export interface TicketRow extends TicketSummaryRow {
  description: string;
  cycles: SlaCycle[];
  /** Empty for those who do not see notes, as are the followers and links. */
  tags: string[];
  followers: { id: string; name: string }[];
  links: LinkRow[];
  /** Newest first; one more than asked for where there are older ones. */
  timeline: TimelineRow[];
}

export interface FindTicket {
  ticketId: string;
  readerId: string;
  /** Whether the reader's role sees notes; the ticket's own customer never does. */
  notes: boolean;
  /** The entry that the last page ended with. */
  beforeId: string | null;
}

const forStaff = (p: Params<FindTicket>) =>
  sql`(${p.notes}::boolean and t.customer_id <> ${p.readerId}::uuid)`;

/** What hangs on a ticket called `t`, for those who see notes. */
const surroundings = (p: Params<FindTicket>) => sql`
  array(select g.name from ticket_tags l join tags g on g.organization_id = ${p.organizationId} and g.id = l.tag_id
    where l.organization_id = ${p.organizationId} and l.ticket_id = t.id and ${forStaff(p)} order by g.name) as tags,
  coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.name, u.id)
    from ticket_followers f join users u on u.organization_id = ${p.organizationId} and u.id = f.user_id
    where f.organization_id = ${p.organizationId} and f.ticket_id = t.id and ${forStaff(p)}), '[]') as followers,
  coalesce((select jsonb_agg(jsonb_build_object('fromId', k.from_ticket_id, 'toId', k.to_ticket_id, 'kind', k.kind,
      'ticket', jsonb_build_object('id', o.id, 'number', o.number, 'title', o.title, 'statusId', o.status_id,
        'customerId', o.customer_id, 'assigneeId', o.assignee_id, 'departmentId', o.department_id))
      order by o.number, k.kind)
    from (
      select *, to_ticket_id as other_id from ticket_links
      where organization_id = ${p.organizationId} and from_ticket_id = ${p.ticketId}
      union all
      select *, from_ticket_id from ticket_links
      where organization_id = ${p.organizationId} and to_ticket_id = ${p.ticketId}) k
    join tickets o on o.organization_id = ${p.organizationId} and o.id = k.other_id
    where ${forStaff(p)}), '[]') as links`;

/** A ticket with the latest part of its timeline. What the reader must not read is left out here, in the statement. */
export const findTicket = query<FindTicket, TicketRow>(
  (p) => sql`
    select ${surroundings(p)}, ${ticketSummary}, ${breachedMetrics(p.organizationId)}, t.description, ${cyclesOf(p.organizationId)} as cycles,
      coalesce((select jsonb_agg(to_jsonb(line) - 'sequence' order by line.sequence desc) from (
        select h.id, h.sequence, h.kind, ${isoInJson("h.at")} as at, h.changes,
          case when u.id is null then null else jsonb_build_object('id', u.id, 'name', u.name) end as actor,
          case when c.id is null then null else jsonb_build_object('id', c.id, 'visibility', c.visibility,
            'body', c.body, 'source', c.source, 'editedAt', ${isoInJson("c.edited_at")}) end as comment
        from ticket_history h
        left join users u on u.organization_id = ${p.organizationId} and u.id = h.actor_id
        left join ticket_comments c
          on c.organization_id = ${p.organizationId} and c.ticket_id = h.ticket_id and c.sequence = h.sequence
        where h.organization_id = ${p.organizationId} and h.ticket_id = t.id and h.sequence < coalesce(
            (select b.sequence from ticket_history b where b.organization_id = ${p.organizationId}
              and b.ticket_id = ${p.ticketId}::uuid and b.id = ${p.beforeId}::uuid),
            case when ${p.beforeId}::uuid is null then 2147483647 else 0 end)
          and (${forStaff(p)}
            or h.kind in (${sql.raw(kindsForCustomers.map((kind) => `'${kind}'`).join(", "))}))
        order by h.sequence desc limit 101) line), '[]') as timeline
    from tickets t ${people(p.organizationId)}
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and not t.is_simulated`,
);
