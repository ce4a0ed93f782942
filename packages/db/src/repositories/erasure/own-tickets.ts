import { type SQL, sql } from "drizzle-orm";
import { kindsOfTexts } from "@helpdesk/domain";
import { command } from "../../statement.ts";
import { textOf } from "../ticket-texts.ts";
import { type Wipe, idsIn, wipe } from "./wipe.ts";

/** The tickets of a customer after one, in the order of their ids, locked. */
export const lockOwnTickets = command<{ userId: string; after: string; limit: number }, { id: string }>(
  (p) => sql`
    select id from tickets
    where organization_id = ${p.organizationId} and customer_id = ${p.userId}::uuid and not is_simulated
      and id > ${p.after}::uuid
    order by id limit ${p.limit}::int for update`,
);

interface Tickets {
  /** A JSON array. */
  ticketIds: string;
}

const textual = sql.raw(`array[${kindsOfTexts.map((kind) => `'${kind}'`).join(", ")}]`);

/** Changes whose texts are erased: where there was something, there still is. */
const erasedChanges = (changes: SQL): SQL => {
  const side = (name: string) =>
    sql.raw(
      `case when jsonb_typeof(c.value -> '${name}') = 'object' then '{"id": "", "label": "erased"}'::jsonb else 'null'::jsonb end`,
    );
  return sql`coalesce((
    select jsonb_object_agg(c.key, jsonb_build_object('from', ${side("from")}, 'to', ${side("to")}))
    from jsonb_each(${changes}) c), '{}')`;
};

/** What was written on tickets, whoever wrote it: rows, kinds, instants and scores stay. */
export const ticketWipes: readonly Wipe<Tickets>[] = [
  wipe<Tickets>(
    "tickets",
    (p) => sql`
      update tickets set title = 'erased', description = '', version = version + 1, custom_fields = custom_fields - array(
        select f.key from ticket_fields f
        where f.organization_id = ${p.organizationId} and f.kind in ('text', 'long_text'))
      where organization_id = ${p.organizationId} and id = any(${idsIn(p.ticketIds)})`,
  ),
  wipe<Tickets>(
    "ticket_texts",
    (p) => sql`
      update ticket_texts x set search = ${textOf(sql`t.title`, sql`t.description`)} from tickets t
      where x.organization_id = ${p.organizationId} and x.ticket_id = any(${idsIn(p.ticketIds)})
        and t.organization_id = ${p.organizationId} and t.id = x.ticket_id`,
  ),
  wipe<Tickets>(
    "ticket_comments",
    (p) => sql`
      update ticket_comments set body = 'erased'
      where organization_id = ${p.organizationId} and ticket_id = any(${idsIn(p.ticketIds)})`,
  ),
  wipe<Tickets>(
    "ticket_comment_versions",
    (p) => sql`
      update ticket_comment_versions v set body = 'erased' from ticket_comments c
      where v.organization_id = ${p.organizationId} and c.organization_id = ${p.organizationId}
        and c.ticket_id = any(${idsIn(p.ticketIds)}) and v.comment_id = c.id`,
  ),
  wipe<Tickets>(
    "ticket_history",
    (p) => sql`
      update ticket_history set changes = ${erasedChanges(sql`changes`)}
      where organization_id = ${p.organizationId} and ticket_id = any(${idsIn(p.ticketIds)})
        and kind = any(${textual})`,
  ),
  // Those that nobody has read yet too.
  wipe<Tickets>(
    "events",
    (p) => sql`
      update events set data = jsonb_set(data, '{changes}', ${erasedChanges(sql`data -> 'changes'`)})
      where organization_id = ${p.organizationId} and ticket_id = any(${idsIn(p.ticketIds)})
        and kind = any(${textual}) and jsonb_typeof(data -> 'changes') = 'object'`,
  ),
  wipe<Tickets>(
    "notifications",
    (p) => sql`
      update notifications set mail_problem = null, data = jsonb_strip_nulls(jsonb_build_object(
        'number', data -> 'number', 'title', 'erased', 'commentId', data -> 'commentId',
        'reviewId', data -> 'reviewId'))
      where organization_id = ${p.organizationId} and ticket_id = any(${idsIn(p.ticketIds)})`,
  ),
  wipe<Tickets>(
    "webhook_attempts",
    (p) => sql`
      update webhook_attempts a set answer = null from webhook_deliveries d
      where a.organization_id = ${p.organizationId} and d.organization_id = ${p.organizationId}
        and d.subject_id = any(${idsIn(p.ticketIds)}) and a.delivery_id = d.id and a.answer is not null`,
  ),
  // What is still to be sent is made anew, of what is left.
  wipe<Tickets>(
    "webhook_deliveries",
    (p) => sql`
      update webhook_deliveries set body = case when state <> 'pending' then '{"erased":true}' end
      where organization_id = ${p.organizationId} and subject_id = any(${idsIn(p.ticketIds)}) and body is not null`,
  ),
  wipe<Tickets>(
    "ticket_ratings",
    (p) => sql`
      update ticket_ratings set comment = 'erased'
      where organization_id = ${p.organizationId} and ticket_id = any(${idsIn(p.ticketIds)}) and comment is not null`,
  ),
  wipe<Tickets>(
    "ticket_reviews",
    (p) => sql`
      update ticket_reviews set comment = 'erased', agent_reply = case when agent_reply is not null then 'erased' end,
        version = version + 1
      where organization_id = ${p.organizationId} and ticket_id = any(${idsIn(p.ticketIds)})`,
  ),
];
