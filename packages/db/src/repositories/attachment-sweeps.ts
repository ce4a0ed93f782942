import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, globalCommand, globalQuery, query } from "../statement.ts";

/** Uploads that one statement removes at most. */
export const uploadSweepSize = 500;

/** Deletes, over all organizations, uploads from before an instant that nothing took up or is at. */
export const sweepUploads = globalCommand<{ before: Instant }, { storageKey: string }>(
  (p) => sql`
    with gone as (
      delete from attachments
      where attached_at is null and (organization_id, id) in (
        select organization_id, id from attachments
        where attached_at is null and created_at < ${p.before}::timestamptz
        order by created_at limit ${sql.raw(String(uploadSweepSize))} for update skip locked)
      returning organization_id, storage_key, case when state in ('scanning', 'ready') then size_bytes else 0 end as bytes),
    freed as (
      update attachment_usage u set used_bytes = u.used_bytes - f.bytes
      from (select organization_id, sum(bytes) as bytes from gone group by organization_id) f
      where u.organization_id = f.organization_id)
    select storage_key as "storageKey" from gone`,
);

/** The organizations that have a usage. */
export const listUsages = globalQuery<Record<never, never>, { organizationId: string }>(
  () => sql`select organization_id as "organizationId" from attachment_usage order by organization_id`,
);

/** Files that one statement finds at most. */
export const unscannedSize = 500;

/** Files from before an instant that still wait for the scanner, in the order of their ids. */
export const listUnscanned = query<{ after: string; before: Instant }, { id: string }>(
  (p) => sql`
    select id from attachments
    where organization_id = ${p.organizationId} and state = 'scanning' and id > ${p.after}::uuid
      and created_at < ${p.before}::timestamptz
    order by id limit ${sql.raw(String(unscannedSize))}`,
);

/** Holds the usage of an organization: nothing is counted until the unit ends. */
export const holdUsage = command<Record<never, never>, { usedBytes: number }>(
  (p) => sql`
    select used_bytes as "usedBytes" from attachment_usage
    where organization_id = ${p.organizationId} for update`,
);

/** Counts a held usage anew. A row where it was wrong. */
export const recountUsage = command<Record<never, never>, { usedBytes: number }>(
  (p) => sql`
    update attachment_usage u set used_bytes = c.bytes
    from (select coalesce(sum(size_bytes), 0) as bytes from attachments
      where organization_id = ${p.organizationId} and state in ('scanning', 'ready')) c
    where u.organization_id = ${p.organizationId} and u.used_bytes <> c.bytes
    returning u.used_bytes as "usedBytes"`,
);
