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

/** Files from before an instant that no import is still to read, over all organizations. */
export const findOldImportFiles = globalQuery<{ before: Instant }, { organizationId: string; id: string }>(
  (p) => sql`
    select f.organization_id as "organizationId", f.id from import_files f
    where f.created_at < ${p.before} and not exists (
      select from imports i where i.organization_id = f.organization_id and i.file_id = f.id
        and i.state in ('queued', 'running'))
    order by f.created_at limit 20`,
);

/** One of them, for whoever takes it away; no row where an import is to read it after all. */
export const takeOldImportFile = command<{ id: string }, { storageKey: string }>(
  (p) => sql`
    select storage_key as "storageKey" from import_files f
    where organization_id = ${p.organizationId} and id = ${p.id} and not exists (
      select from imports i where i.organization_id = ${p.organizationId} and i.file_id = f.id
        and i.state in ('queued', 'running'))
    for update skip locked`,
);

/** Forgets a file; the imports of it stay. */
export const forgetImportFile = command<{ id: string }, never>(
  (p) => sql`
    with imported as (
      update imports set file_id = null where organization_id = ${p.organizationId} and file_id = ${p.id} returning id)
    delete from import_files
    where organization_id = ${p.organizationId} and id = ${p.id} and (select count(*) from imported) >= 0`,
);
