import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { ExistingRule, ImportFormat, ImportKind, ImportState, Instant } from "@helpdesk/domain";
import type { ImportMapping } from "../../schema/imports.ts";
import { recordset } from "../../sql.ts";
import { command, globalQuery, query } from "../../statement.ts";

export interface ImportRow {
  id: string;
  fileId: string | null;
  fileName: string;
  kind: ImportKind;
  format: ImportFormat;
  mapping: ImportMapping;
  onExisting: ExistingRule;
  isDryRun: boolean;
  state: ImportState;
  createdById: string;
  createdByName: string;
  createdAt: Instant;
  claimId: string | null;
  sizeBytes: number;
  positionBytes: number;
  nextLine: number;
  read: number;
  made: number;
  changed: number;
  skipped: number;
  bad: number;
  endedAt: Instant | null;
}

const importRows = (organizationId: SQLWrapper): SQL => sql`
  select i.id, i.file_id as "fileId", i.file_name as "fileName", i.kind, i.format, i.mapping,
    i.on_existing as "onExisting", i.is_dry_run as "isDryRun", i.state, i.created_by_id as "createdById",
    u.name as "createdByName", i.created_at as "createdAt", i.claim_id as "claimId",
    i.size_bytes::float8 as "sizeBytes", i.position_bytes::float8 as "positionBytes", i.next_line as "nextLine",
    i.read, i.made, i.changed, i.skipped, i.bad, i.ended_at as "endedAt"
  from imports i join users u on u.organization_id = ${organizationId} and u.id = i.created_by_id
  where i.organization_id = ${organizationId}`;

export const insertImport = command<
  {
    id: string;
    fileId: string;
    fileName: string;
    kind: ImportKind;
    format: ImportFormat;
    mapping: string;
    onExisting: ExistingRule;
    isDryRun: boolean;
    createdById: string;
    sizeBytes: number;
    positionBytes: number;
    nextLine: number;
    at: Instant;
  },
  never
>(
  (p) => sql`
    insert into imports (organization_id, id, file_id, file_name, kind, format, mapping, on_existing, is_dry_run, state,
      created_by_id, created_at, due_at, size_bytes, position_bytes, next_line)
    values (${p.organizationId}, ${p.id}, ${p.fileId}, ${p.fileName}, ${p.kind}, ${p.format}, (${p.mapping}::text)::jsonb,
      ${p.onExisting}, ${p.isDryRun}, 'queued', ${p.createdById}, ${p.at}, ${p.at}, ${p.sizeBytes}::bigint,
      ${p.positionBytes}::bigint, ${p.nextLine}::int)`,
);

export const findImport = query<{ id: string }, ImportRow>(
  (p) => sql`${importRows(p.organizationId)} and i.id = ${p.id}`,
);

/** Newest first: ids are in the order of their making. */
export const listImports = query<{ beforeId: string; limit: number }, ImportRow>(
  (p) => sql`
    ${importRows(p.organizationId)} and i.id < ${p.beforeId}::uuid order by i.id desc limit ${p.limit}::int`,
);

export const lockImport = command<{ id: string }, ImportRow>(
  (p) => sql`${importRows(p.organizationId)} and i.id = ${p.id} for update of i`,
);

/** Imports that are to be begun, or that were somebody's who says nothing any more, over all organizations. */
export const findDueImports = globalQuery<{ now: Instant }, { organizationId: string; id: string }>(
  (p) => sql`
    select organization_id as "organizationId", id from imports where due_at <= ${p.now} order by due_at limit 20`,
);

/** Makes one of them a worker's; no row where another was there first. */
export const claimImport = command<
  { id: string; claimId: string; now: Instant; until: Instant },
  { attempts: number }
>(
  (p) => sql`
    update imports set state = 'running', claim_id = ${p.claimId}, due_at = ${p.until}, attempts = attempts + 1
    where organization_id = ${p.organizationId} and due_at <= ${p.now} and id = (
      select id from imports where organization_id = ${p.organizationId} and id = ${p.id} and due_at <= ${p.now}
      for update skip locked)
    returning attempts`,
);

export interface ImportStep {
  id: string;
  claimId: string;
  /** Where the batch was read from, which is where the import still is. */
  fromBytes: number;
  positionBytes: number;
  nextLine: number;
  made: number;
  changed: number;
  skipped: number;
  bad: number;
  until: Instant;
}

/** Takes the import on over a batch, and holds the claim; no row where the claim is lost. */
export const stepImport = command<ImportStep, { id: string }>(
  (p) => sql`
    update imports set position_bytes = ${p.positionBytes}::bigint, next_line = ${p.nextLine}::int,
      read = read + ${p.made}::int + ${p.changed}::int + ${p.skipped}::int + ${p.bad}::int,
      made = made + ${p.made}::int, changed = changed + ${p.changed}::int, skipped = skipped + ${p.skipped}::int,
      bad = bad + ${p.bad}::int, due_at = ${p.until}, attempts = 0
    where organization_id = ${p.organizationId} and id = ${p.id} and claim_id = ${p.claimId}
      and position_bytes = ${p.fromBytes}::bigint
    returning id`,
);

/** Ends it, whoever is at it. */
export const endImport = command<{ id: string; state: ImportState; at: Instant }, { id: string }>(
  (p) => sql`
    update imports set state = ${p.state}, claim_id = null, due_at = null, ended_at = ${p.at},
      position_bytes = case when ${p.state} = 'done' then size_bytes else position_bytes end
    where organization_id = ${p.organizationId} and id = ${p.id} and state in ('queued', 'running') returning id`,
);

/** Lets go of it, to be gone on with from an instant on. */
export const requeueImport = command<{ id: string; claimId: string; dueAt: Instant }, { id: string }>(
  (p) => sql`
    update imports set state = 'queued', claim_id = null, due_at = ${p.dueAt}
    where organization_id = ${p.organizationId} and id = ${p.id} and claim_id = ${p.claimId} returning id`,
);

export interface ImportProblemRow {
  line: number;
  ordinal: number;
  field: string | null;
  reason: string;
  value: string;
}

/** Adds problems, a JSON array of them. */
export const insertImportProblems = command<{ importId: string; problems: string }, never>(
  (p) => sql`
    insert into import_problems (organization_id, import_id, line, ordinal, field, reason, value)
    select ${p.organizationId}::uuid, ${p.importId}::uuid, r.line, r.ordinal, r.field, r.reason, r.value
    from ${recordset(p.problems, "line int, ordinal int, field text, reason text, value text")}`,
);

/** In the order of the file, after one. */
export const listImportProblems = query<
  { importId: string; afterLine: number; afterOrdinal: number; limit: number },
  ImportProblemRow
>(
  (p) => sql`
    select line, ordinal, field, reason, value from import_problems
    where organization_id = ${p.organizationId} and import_id = ${p.importId}
      and (line, ordinal) > (${p.afterLine}::int, ${p.afterOrdinal}::int)
    order by line, ordinal limit ${p.limit}::int`,
);
