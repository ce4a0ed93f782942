import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import {
  type Change,
  type FieldValues,
  type RatingScore,
  type Instant,
  type MergeTarget,
  type SlaCycle,
  type TicketLink,
  type TicketEventKind,
  type Source,
  type Visibility,
  kindsForCustomers,
} from "@helpdesk/domain";
import { isoInJson } from "../sql.ts";
import { type Params, query } from "../statement.ts";
import { type ListedAttachment, attachmentsOfEntry } from "./attachments.ts";
import { mergeTarget, mergedTree } from "./merged-tickets.ts";
import { ccIdsOf } from "./ticket-cc.ts";
import { cyclesOf } from "./ticket-rows.ts";
import { type TicketSummaryRow, breachedMetrics, people, ticketSummary } from "./ticket-summary.ts";

/** One line of a ticket's history, with the comment it added. */
export interface TimelineRow {
  id: string;
  /** Whose history it is of: the ticket's own, or one's that is merged into it. */
  ticket: { id: string; number: number };
  kind: TicketEventKind;
  at: Instant;
  actor: { id: string; name: string } | null;
  /** The API key that it was done with, for those who see notes. */
  via: { apiKey: { id: string; name: string }; owner: { id: string; name: string } } | null;
  changes: Record<string, Change>;
  comment: {
    id: string;
    visibility: Visibility;
    /** Nobody where the product itself wrote it. */
    author: { id: string; name: string } | null;
    body: string;
    source: Source;
    version: number;
    createdAt: Instant;
    editedAt: Instant | null;
    /** As they are called now. */
    mentions: { id: string; name: string }[];
  } | null;
  attachments: ListedAttachment[];
}

/** A linked ticket, with what tells whether the reader may see it. */
export interface LinkRow extends TicketLink {
  ticket: Pick<
    TicketSummaryRow,
    "id" | "number" | "title" | "statusId" | "customerId" | "assigneeId" | "departmentId"
  > & { ccIds: string[] };
}

export interface TicketRow extends TicketSummaryRow {
  description: string;
  ccIds: string[];
  /** Those in copy, for everybody who sees the ticket. */
  cc: { id: string; name: string }[];
  cycles: SlaCycle[];
  /** Empty for those who do not see notes, as are the followers and links. */
  tags: string[];
  followers: { id: string; name: string }[];
  links: LinkRow[];
  fields: FieldValues;
  ratings: { score: RatingScore; comment: string | null; ratedAt: Instant; resolvedAt: Instant }[];
  /** The ticket it is merged into, with what tells whether the reader may see it. */
  mergedInto: MergeTarget | null;
  /** The tickets merged into it, as far as they are for the reader. */
  mergedFrom: { id: string; number: number; title: string; description: string }[];
  /** Newest first; one more than asked for where there are older ones. */
  timeline: TimelineRow[];
}

export interface FindTicket {
  ticketId: string;
  readerId: string;
  /** Whether the reader's role sees notes; the customer's side of the ticket never does. */
  notes: boolean;
  /** Whether the reader's role sees tickets as the desk does, beyond those it is on the customer's side of. */
  staff: boolean;
  /** The entry that the last page ended with. */
  beforeId: string | null;
}

/** Whether the reader is on the customer's side of a ticket. */
const isOnSide = (p: Params<FindTicket>, of: "t" | "tree") => {
  const [id, customerId] = [sql.raw(`${of}.id`), sql.raw(`${of}.customer_id`)];
  return sql`(${customerId} = ${p.readerId}::uuid or exists (select from ticket_cc cc
    where cc.organization_id = ${p.organizationId} and cc.ticket_id = ${id} and cc.user_id = ${p.readerId}::uuid))`;
};

const forStaff = (p: Params<FindTicket>) => sql`(${p.notes}::boolean and not ${isOnSide(p, "t")})`;

/**
 * What the reader may read of the ticket and of each merged into it. Who sees the ticket as the desk does sees what came
 * with a merge; its customer's side sees it only of tickets that it is on the side of, too. `notes` as anywhere.
 */
const shown = (p: Params<FindTicket>) => sql`
  shown as materialized (
    select tree.id, tree.number, ${forStaff(p)} and not ${isOnSide(p, "tree")} as notes
    from tree join tickets t on t.organization_id = ${p.organizationId} and t.id = ${p.ticketId}
    where tree.id = t.id or ${isOnSide(p, "tree")} or (${p.staff}::boolean and not ${isOnSide(p, "t")}))`;

export const forCustomers = sql.raw(kindsForCustomers.map((kind) => `'${kind}'`).join(", "));

/** The latest lines of history before the cursor, of all that is shown, newest first: at one instant, of one after the other. */
const latestLines = (p: Params<FindTicket>) => sql`
  select h.id, h.ticket_id, h.sequence, h.kind, h.actor_id, h.at, shown.number,
    case when shown.notes then h.api_key_id end as api_key_id,
    case when shown.notes then h.changes else h.changes - 'merged_into' end as changes
  from shown
  left join ticket_history b on b.organization_id = ${p.organizationId} and b.id = ${p.beforeId}::uuid
    and b.ticket_id in (select id from shown)
  cross join lateral (
    select * from ticket_history h
    where h.organization_id = ${p.organizationId} and h.ticket_id = shown.id
      and h.sequence < case when ${p.beforeId}::uuid is null or b.ticket_id <> shown.id then 2147483647 else b.sequence end
      and (${p.beforeId}::uuid is null or (h.at, h.ticket_id, h.sequence) < (b.at, b.ticket_id, b.sequence))
      and (shown.notes or h.kind in (${forCustomers}))
    order by h.sequence desc limit 101) h
  order by h.at desc, h.ticket_id desc, h.sequence desc limit 101`;

/** Lines of history, each with `number` of its ticket, as entries of a timeline with their `sequence`. */
export const entriesOf = (organizationId: SQLWrapper, lines: SQL): SQL => sql`
  select h.id, jsonb_build_object('id', h.ticket_id, 'number', h.number) as ticket, h.sequence, h.kind, ${isoInJson("h.at")} as at, h.changes,
    case when u.id is null then null else jsonb_build_object('id', u.id, 'name', u.name) end as actor,
    case when h.api_key_id is null then null else (
      select jsonb_build_object('apiKey', jsonb_build_object('id', k.id, 'name', k.name),
        'owner', jsonb_build_object('id', w.id, 'name', w.name))
      from api_keys k join users w on w.organization_id = ${organizationId} and w.id = k.owner_id
      where k.organization_id = ${organizationId} and k.id = h.api_key_id) end as via,
    case when c.id is null then null else jsonb_build_object('id', c.id, 'visibility', c.visibility,
      'body', c.body, 'source', c.source, 'version', c.version, 'createdAt', ${isoInJson("c.created_at")},
      'author', (select jsonb_build_object('id', w.id, 'name', w.name) from users w
        where w.organization_id = ${organizationId} and w.id = c.author_id), 'editedAt', ${isoInJson("c.edited_at")},
      'mentions', coalesce((select jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name))
        from ticket_comment_mentions m
        join users v on v.organization_id = ${organizationId} and v.id = m.user_id
        where m.organization_id = ${organizationId} and m.comment_id = c.id), '[]')) end as comment,
    ${attachmentsOfEntry(organizationId)} as attachments
  from (${lines}) h
  left join users u on u.organization_id = ${organizationId} and u.id = h.actor_id
  left join ticket_comments c
    on c.organization_id = ${organizationId} and c.ticket_id = h.ticket_id and c.sequence = h.sequence`;

/** What hangs on a ticket called `t`, for those who see notes. */
const surroundings = (p: Params<FindTicket>) => sql`
  array(select g.name from ticket_tags l join tags g on g.organization_id = ${p.organizationId} and g.id = l.tag_id
    where l.organization_id = ${p.organizationId} and l.ticket_id = t.id and ${forStaff(p)} order by g.name) as tags,
  coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.name, u.id)
    from ticket_followers f join users u on u.organization_id = ${p.organizationId} and u.id = f.user_id
    where f.organization_id = ${p.organizationId} and f.ticket_id = t.id and ${forStaff(p)}), '[]') as followers,
  ${ccIdsOf(p.organizationId)} as "ccIds",
  coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.name, u.id)
    from ticket_cc cc join users u on u.organization_id = ${p.organizationId} and u.id = cc.user_id
    where cc.organization_id = ${p.organizationId} and cc.ticket_id = t.id), '[]') as cc,
  coalesce((select jsonb_agg(jsonb_build_object('fromId', k.from_ticket_id, 'toId', k.to_ticket_id, 'kind', k.kind,
      'ticket', jsonb_build_object('id', o.id, 'number', o.number, 'title', o.title, 'statusId', o.status_id,
        'customerId', o.customer_id, 'assigneeId', o.assignee_id, 'departmentId', o.department_id,
        'ccIds', ${ccIdsOf(p.organizationId, sql`o.id`)}))
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
    with recursive ${mergedTree(p.organizationId, p.ticketId)}, ${shown(p)}
    select ${surroundings(p)}, ${ticketSummary}, ${breachedMetrics(p.organizationId)}, t.description, t.custom_fields as fields,
      coalesce((select jsonb_agg(jsonb_build_object('score', r.score, 'comment', r.comment,
          'ratedAt', ${isoInJson("r.rated_at")}, 'resolvedAt', ${isoInJson("r.resolved_at")}) order by r.rated_at)
        from ticket_ratings r where r.organization_id = ${p.organizationId} and r.ticket_id = t.id
          and r.rated_at is not null and ${forStaff(p)}), '[]') as ratings,
      ${cyclesOf(p.organizationId)} as cycles,
      (select ${mergeTarget(p.organizationId)} from tickets o
        where o.organization_id = ${p.organizationId} and o.id = t.merged_into_id) as "mergedInto",
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'title', m.title,
          'description', m.description) order by m.number)
        from shown join tickets m on m.organization_id = ${p.organizationId} and m.id = shown.id
        where shown.id <> t.id), '[]') as "mergedFrom",
      coalesce((select jsonb_agg(to_jsonb(line) - 'sequence' order by line.at desc, line.ticket ->> 'id' desc, line.sequence desc) from (
        ${entriesOf(p.organizationId, latestLines(p))}
      ) line), '[]') as timeline
    from tickets t ${people(p.organizationId)}
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and not t.is_simulated
      and t.archived_at is null`,
);
