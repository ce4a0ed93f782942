import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, globalQuery, query } from "../../statement.ts";

export const insertImportFile = command<
  { id: string; name: string; storageKey: string; createdById: string; at: Instant },
  never
>(
  (p) => sql`
    insert into import_files (organization_id, id, name, storage_key, created_by_id, created_at)
    values (${p.organizationId}, ${p.id}, ${p.name}, ${p.storageKey}, ${p.createdById}, ${p.at})`,
);

export const finishImportFile = command<{ id: string; sizeBytes: number }, { id: string }>(
  (p) => sql`
    update import_files set size_bytes = ${p.sizeBytes}::bigint
    where organization_id = ${p.organizationId} and id = ${p.id} returning id`,
);

/** A file that is whole. */
export const findImportFile = query<
  { id: string },
  { id: string; name: string; storageKey: string; sizeBytes: number }
>(
  (p) => sql`
    select id, name, storage_key as "storageKey", size_bytes::float8 as "sizeBytes" from import_files
    where organization_id = ${p.organizationId} and id = ${p.id} and size_bytes is not null`,
);

/** Keeps a file from being taken away while the unit goes on. */
export const holdImportFile = command<{ id: string }, { id: string }>(
  (p) => sql`
    select id from import_files where organization_id = ${p.organizationId} and id = ${p.id} for key share`,
);

/** Whether no import is still to read a file `f`. */
export const isIdleFile = sql.raw(`not exists (
  select from imports i where i.organization_id = f.organization_id and i.file_id = f.id
    and i.state in ('queued', 'running'))`);

/** Files from before an instant that no import is still to read, over all organizations. */
export const findOldImportFiles = globalQuery<{ before: Instant }, { organizationId: string; id: string }>(
  (p) => sql`
    select f.organization_id as "organizationId", f.id from import_files f
    where f.created_at < ${p.before} and ${isIdleFile}
    order by f.created_at limit 20`,
);

/** One of them, for whoever takes it away. */
export const lockOldImportFile = command<{ id: string }, { id: string }>(
  (p) => sql`
    select id from import_files where organization_id = ${p.organizationId} and id = ${p.id}
    for update skip locked`,
);

/**
 * Forgets locked files, but for those that an import which was made while their locks were waited for is to read. The
 * imports of them stay.
 */
export const forgetImportFiles = command<{ ids: string }, { storageKey: string }>(
  (p) => sql`
    with idle as (
      select f.id from import_files f
      where f.organization_id = ${p.organizationId} and ${isIdleFile}
        and f.id in (select jsonb_array_elements_text((${p.ids}::text)::jsonb)::uuid)),
    ended as (
      update imports i set file_id = null from idle
      where i.organization_id = ${p.organizationId} and i.file_id = idle.id returning i.id)
    delete from import_files f using idle
    where f.organization_id = ${p.organizationId} and f.id = idle.id and (select count(*) from ended) >= 0
    returning f.storage_key as "storageKey"`,
);
