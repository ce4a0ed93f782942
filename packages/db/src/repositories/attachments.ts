import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Attachment, AttachmentPlace, AttachmentState, Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";
import { tellOfNotifications } from "./events.ts";
import { ccIdsOf } from "./ticket-cc.ts";

/** A file with where its bytes are. Type and hash are null while it arrives. */
export interface AttachmentRow extends Attachment {
  contentType: string | null;
  sizeBytes: number;
  sha256: string | null;
  storageKey: string;
}

/** What tells who may see a ticket called `t`. */
const place = (organizationId: SQLWrapper) => sql`jsonb_build_object('id', t.id, 'customerId', t.customer_id,
  'assigneeId', t.assignee_id, 'departmentId', t.department_id, 'ccIds', ${ccIdsOf(organizationId)})`;

/** The same of those that the ticket of an attachment `a` is merged into, and so on. */
const placesAbove = (organizationId: SQLWrapper) => sql`coalesce((
  with recursive above as (
    select s.merged_into_id as id from tickets s where s.organization_id = ${organizationId} and s.id = a.ticket_id
    union all
    select s.merged_into_id from above join tickets s on s.organization_id = ${organizationId} and s.id = above.id)
  select jsonb_agg(${place(organizationId)}) from above
  join tickets t on t.organization_id = ${organizationId} and t.id = above.id), '[]')`;

/** A file as texts list it. */
export type ListedAttachment = Pick<UploadedRow, "id" | "name" | "contentType" | "sizeBytes" | "state">;

/** The files of a line of history `h` with its comment `c`: those of the comment, or of the description. */
export const attachmentsOfEntry = (organizationId: SQLWrapper): SQL => sql`
  case when c.id is null and h.kind <> 'ticket_opened' then '[]' else coalesce((
    select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'contentType', a.content_type,
      'sizeBytes', a.size_bytes, 'state', a.state) order by a.id)
    from attachments a
    where a.organization_id = ${organizationId} and a.ticket_id = h.ticket_id and a.attached_at is not null
      and a.comment_id is not distinct from c.id), '[]') end`;

/** A ticket that files are sent for. */
export const findAttachmentPlace = query<{ ticketId: string }, { ticket: AttachmentPlace; statusId: string }>(
  (p) => sql`
    select ${place(p.organizationId)} as ticket, t.status_id as "statusId" from tickets t
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and not t.is_simulated
      and t.archived_at is null`,
);

export const findAttachment = query<{ attachmentId: string }, AttachmentRow>(
  (p) => sql`
    select a.id, a.name, a.state, a.uploaded_by_id as "uploadedById", a.attached_at as "attachedAt",
      coalesce(c.visibility, 'public') as visibility,
      case when t.id is null then null else ${place(p.organizationId)} end as ticket,
      ${placesAbove(p.organizationId)} as "mergedInto",
      a.content_type as "contentType", a.size_bytes as "sizeBytes", a.sha256, a.storage_key as "storageKey"
    from attachments a
    left join tickets t on t.organization_id = ${p.organizationId} and t.id = a.ticket_id
    left join ticket_comments c on c.organization_id = ${p.organizationId} and c.id = a.comment_id
    where a.organization_id = ${p.organizationId} and a.id = ${p.attachmentId}`,
);

/** The row of a file that is about to arrive. None where the person, whom the unit holds, has `limit` waiting already. */
export const insertUpload = command<
  {
    id: string;
    ticketId: string | null;
    name: string;
    storageKey: string;
    actorId: string;
    limit: number;
    at: Instant;
  },
  { id: string }
>(
  (p) => sql`
    insert into attachments (organization_id, id, ticket_id, name, storage_key, state, uploaded_by_id, created_at)
    select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.ticketId}::uuid, ${p.name}, ${p.storageKey}, 'receiving',
      ${p.actorId}::uuid, ${p.at}::timestamptz
    where (select count(*) from attachments where organization_id = ${p.organizationId}
      and uploaded_by_id = ${p.actorId}::uuid and attached_at is null) < ${p.limit}::int
    returning id`,
);

export interface UploadedRow {
  id: string;
  name: string;
  contentType: string;
  sizeBytes: number;
  sha256: string;
  state: AttachmentState;
}

/**
 * A file that has arrived, counted against the quota. No row where it would pass it: uploads that end at once wait for
 * each other at the organization's row of usage.
 */
export const finishUpload = command<
  {
    id: string;
    contentType: string;
    sizeBytes: number;
    sha256: string;
    state: AttachmentState;
    quotaBytes: number;
  },
  UploadedRow
>(
  (p) => sql`
    with counted as (
      insert into attachment_usage (organization_id, used_bytes)
      select ${p.organizationId}::uuid, ${p.sizeBytes}::bigint where ${p.sizeBytes}::bigint <= ${p.quotaBytes}::bigint
      on conflict (organization_id) do update set used_bytes = attachment_usage.used_bytes + excluded.used_bytes
        where attachment_usage.used_bytes + excluded.used_bytes <= ${p.quotaBytes}::bigint
      returning organization_id)
    update attachments a set content_type = ${p.contentType}, size_bytes = ${p.sizeBytes}::int, sha256 = ${p.sha256},
      state = ${p.state}
    from counted
    where a.organization_id = ${p.organizationId} and a.id = ${p.id} and a.state = 'receiving'
    returning a.id, a.name, a.content_type as "contentType", a.size_bytes as "sizeBytes", a.sha256, a.state`,
);

/** Takes away the row of a file that did not arrive; its bytes are gone already. */
export const dropUpload = command<{ id: string }, never>(
  (p) => sql`
    delete from attachments where organization_id = ${p.organizationId} and id = ${p.id} and state = 'receiving'`,
);

/** Makes uploads of one person a part of a comment or, without one, of the description of a new ticket. */
export const attachUploads = command<
  {
    ids: string;
    /** The ticket they were sent for; null for one that was still to be opened. */
    sentForTicketId: string | null;
    ticketId: string;
    commentId: string | null;
    actorId: string;
    at: Instant;
  },
  { id: string; state: AttachmentState }
>(
  (p) => sql`
    update attachments set ticket_id = ${p.ticketId}::uuid, comment_id = ${p.commentId}::uuid,
      attached_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = any((${p.ids}::text)::uuid[]) and attached_at is null
      and uploaded_by_id = ${p.actorId}::uuid and state <> 'receiving'
      and ticket_id is not distinct from ${p.sentForTicketId}::uuid
    returning id, state`,
);

/** Takes a file's row away and its bytes off the usage. No row where it is gone, or is attached and was not to be, or the other way round. */
export const deleteAttachment = command<
  { attachmentId: string; isAttached: boolean },
  { storageKey: string }
>(
  (p) => sql`
    with gone as (
      delete from attachments where organization_id = ${p.organizationId} and id = ${p.attachmentId}
        and (attached_at is not null) = ${p.isAttached}
      returning storage_key, case when state in ('scanning', 'ready') then size_bytes else 0 end as bytes)
    update attachment_usage u set used_bytes = u.used_bytes - gone.bytes from gone
    where u.organization_id = ${p.organizationId}
    returning gone.storage_key as "storageKey"`,
);

export interface ScannedRow {
  storageKey: string;
}

/** The scanner found nothing. */
export const passAttachment = command<{ attachmentId: string; at: Instant }, ScannedRow>(
  (p) => sql`
    update attachments set state = 'ready', scanned_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.attachmentId} and state = 'scanning'
    returning storage_key as "storageKey"`,
);

/** The scanner found something: the row stays to say so, the uploader is told, the usage goes down. */
export const rejectAttachment = command<
  { attachmentId: string; notificationId: string; at: Instant },
  ScannedRow
>(
  (p) => sql`
    with rejected as (
      update attachments set state = 'rejected', scanned_at = ${p.at}::timestamptz
      where organization_id = ${p.organizationId} and id = ${p.attachmentId} and state = 'scanning'
      returning ticket_id, name, uploaded_by_id, size_bytes, storage_key),
    told as (
      insert into notifications (organization_id, id, user_id, kind, ticket_id, data, created_at)
      select ${p.organizationId}::uuid, ${p.notificationId}::uuid, uploaded_by_id, 'attachment_rejected', ticket_id,
        jsonb_build_object('name', name), ${p.at}::timestamptz
      from rejected
      returning id, user_id),
    outbox as (${tellOfNotifications(p.organizationId, p.at)})
    update attachment_usage u set used_bytes = u.used_bytes - r.size_bytes from rejected r
    where u.organization_id = ${p.organizationId}
    returning r.storage_key as "storageKey"`,
);
