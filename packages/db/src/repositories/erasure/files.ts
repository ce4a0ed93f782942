import { type SQL, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { type Params, command } from "../../statement.ts";
import { isIdleFile } from "../imports/files.ts";
import { idsIn } from "./wipe.ts";

interface Gone {
  storageKey: string;
}

/** Deletes attachments with what they are counted for; their files are the caller's to remove. */
const deletion = (p: Params<unknown>, which: SQL): SQL<Gone> => sql`
  with gone as (
    delete from attachments where organization_id = ${p.organizationId} and ${which}
    returning storage_key, case when state in ('scanning', 'ready') then size_bytes else 0 end as bytes),
  freed as (
    update attachment_usage set used_bytes = used_bytes - (select coalesce(sum(bytes), 0) from gone)
    where organization_id = ${p.organizationId})
  select storage_key as "storageKey" from gone`;

export const deleteFilesOfTickets = command<{ ticketIds: string; limit: number }, Gone>((p) =>
  deletion(
    p,
    sql`id in (
      select a.id from attachments a
      where a.organization_id = ${p.organizationId} and a.ticket_id = any(${idsIn(p.ticketIds)})
      limit ${p.limit}::int)`,
  ),
);

/** Uploads that nothing took up; `all`: those on tickets of others too. */
export const deleteFilesSentBy = command<{ userId: string; all: boolean; limit: number }, Gone>((p) =>
  deletion(
    p,
    sql`id in (
      select a.id from attachments a where a.organization_id = ${p.organizationId}
        and a.uploaded_by_id = ${p.userId}::uuid and (${p.all}::boolean or a.attached_at is null)
      order by a.id limit ${p.limit}::int)`,
  ),
);

const noEnvelope = sql.raw(`'{"sender": "", "recipients": [], "clientAddress": ""}'::jsonb`);

/** Of one whose raw mail is gone already the rest goes; its storage key is empty. */
const emptied = (p: Params<unknown>, which: SQL): SQL<Gone> => sql`
  with known as (
    select id, storage_key from inbound_mails where organization_id = ${p.organizationId} and ${which} for update)
  update inbound_mails m set storage_key = '', size_bytes = 0, from_address = null, from_name = null, subject = null,
    message_id = null, body = null, refused = '{"files": []}',
    envelope = ${noEnvelope},
    state = case when m.state in ('received', 'held') then 'discarded' else m.state end, version = m.version + 1
  from known where m.organization_id = ${p.organizationId} and m.id = known.id and m.envelope <> ${noEnvelope}
  returning known.storage_key as "storageKey"`;

/** Leaves nothing of the mails of tickets but that they came. One that nobody took yet, or that waits, is discarded. */
export const emptyMailsOfTickets = command<{ ticketIds: string }, Gone>((p) =>
  emptied(p, sql`ticket_id = any(${idsIn(p.ticketIds)})`),
);

/** The same of mails. */
export const emptyMails = command<{ mailIds: string }, Gone>((p) =>
  emptied(p, sql`id = any(${idsIn(p.mailIds)})`),
);

/** Forgets the raw mails of those that wait for nobody: their files are the caller's to remove. */
export const dropRawMails = command<{ mailIds: string }, Gone>(
  (p) => sql`
    with known as (
      select id, storage_key from inbound_mails
      where organization_id = ${p.organizationId} and id = any(${idsIn(p.mailIds)})
        and state not in ('received', 'held') for update)
    update inbound_mails m set storage_key = '', size_bytes = 0, version = m.version + 1
    from known where m.organization_id = ${p.organizationId} and m.id = known.id
    returning known.storage_key as "storageKey"`,
);

/** The mail after one that is still there or that is by somebody, and whether it is. */
export const findMailAfter = command<
  { after: string; userId: string; email: string },
  { id: string; storageKey: string; isTheirs: boolean }
>(
  (p) => sql`
    select m.id, m.storage_key as "storageKey", whose."isTheirs" from inbound_mails m, lateral (
      select coalesce(m.user_id = ${p.userId}::uuid, false) or coalesce(lower(m.from_address) = ${p.email}::text, false)
        or lower(m.envelope ->> 'sender') = ${p.email}::text as "isTheirs") whose
    where m.organization_id = ${p.organizationId} and m.id > ${p.after}::uuid
      and (m.storage_key <> '' or (whose."isTheirs" and m.envelope <> ${noEnvelope}))
    order by m.id limit 1`,
);

/** Lets the unit wait for a mail to be read, which may take as long as reading mails may. */
export const allowReading = command<Record<never, never>, never>(
  (p) => sql`
    select set_config('idle_in_transaction_session_timeout', '28s', true) where ${p.organizationId}::uuid is not null`,
);

/** Files that were sent to be imported and that none is to read, locked: nobody knows who is in them. */
export const lockImportFiles = command<{ limit: number }, { id: string }>(
  (p) => sql`
    select f.id from import_files f
    where f.organization_id = ${p.organizationId} and f.size_bytes is not null and ${isIdleFile}
    order by f.id limit ${p.limit}::int for update`,
);

/** Ends what can be downloaded of exports that were made before: who is in them is not looked for. */
export const expireExports = command<Record<never, never>, Gone>(
  (p) => sql`
    with known as (
      select id, storage_key from exports
      where organization_id = ${p.organizationId} and state not in ('queued', 'running') and storage_key is not null
      for update)
    update exports x set state = case when x.state = 'ready' then 'expired' else x.state end, storage_key = null,
      due_at = null
    from known where x.organization_id = ${p.organizationId} and x.id = known.id
    returning known.storage_key as "storageKey"`,
);

/** Has exports that are being made begun anew: they have a picture of before. */
export const restartExports = command<{ at: Instant }, { id: string }>(
  (p) => sql`
    update exports set state = 'queued', claim_id = null, part = null, due_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and state = 'running' returning id`,
);

/** Erases what a customer wrote on tickets of others, in a window of comments. How many there were in it, and its last one. */
export const eraseCommentsBy = command<
  { userId: string; after: string; limit: number },
  { size: number; last: string | null; changed: number }
>(
  (p) => sql`
    with seen as (
      select id, author_id from ticket_comments where organization_id = ${p.organizationId} and id > ${p.after}::uuid
      order by id limit ${p.limit}::int),
    changed as (
      update ticket_comments c set body = 'erased' from seen
      where c.organization_id = ${p.organizationId} and c.id = seen.id and seen.author_id = ${p.userId}::uuid
        and c.body <> 'erased' returning c.id),
    versions as (
      update ticket_comment_versions v set body = 'erased' from seen
      where v.organization_id = ${p.organizationId} and v.comment_id = seen.id and seen.author_id = ${p.userId}::uuid)
    select (select count(*)::int from seen) as size, (select max(id::text) from seen) as last,
      (select count(*)::int from changed) as changed`,
);
