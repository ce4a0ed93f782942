import { type SQL, sql } from "drizzle-orm";
import type { ExportState, Instant } from "@helpdesk/domain";
import { command, globalQuery, query } from "../../statement.ts";

export interface ExportRow {
  id: string;
  state: ExportState;
  includesFiles: boolean;
  createdById: string;
  createdByName: string;
  createdAt: Instant;
  dueAt: Instant | null;
  part: string | null;
  partsDone: number;
  linesWritten: number;
  storageKey: string | null;
  sizeBytes: number | null;
  sha256: string | null;
  takenAt: Instant | null;
  endedAt: Instant | null;
}

const columns: SQL = sql.raw(`
  x.id, x.state, x.includes_files as "includesFiles", x.created_by_id as "createdById", u.name as "createdByName",
  x.created_at as "createdAt", x.due_at as "dueAt", x.part, x.parts_done as "partsDone",
  x.lines_written as "linesWritten", x.storage_key as "storageKey", x.size_bytes as "sizeBytes", x.sha256,
  x.taken_at as "takenAt", x.ended_at as "endedAt"
  from exports x join users u on u.organization_id = x.organization_id and u.id = x.created_by_id`);

export const findExport = query<{ id: string }, ExportRow>(
  (p) => sql`select ${columns} where x.organization_id = ${p.organizationId} and x.id = ${p.id}`,
);

/** Newest first, those before an id. */
export const listExports = query<{ beforeId: string; limit: number }, ExportRow>(
  (p) => sql`
    select ${columns} where x.organization_id = ${p.organizationId} and x.id < ${p.beforeId}
    order by x.id desc limit ${p.limit}`,
);

export const insertExport = command<
  { id: string; includesFiles: boolean; createdById: string; at: Instant },
  never
>(
  (p) => sql`
    insert into exports (organization_id, id, state, includes_files, created_by_id, created_at, due_at)
    values (${p.organizationId}, ${p.id}, 'queued', ${p.includesFiles}, ${p.createdById}, ${p.at}, ${p.at})`,
);

export const lockExport = command<{ id: string }, { state: ExportState; claimId: string | null }>(
  (p) => sql`
    select state, claim_id as "claimId" from exports
    where organization_id = ${p.organizationId} and id = ${p.id} for update`,
);

/** Ends what is not over; `dueAt` is when its file, if there is one, is taken away. */
export const endExport = command<
  { id: string; state: "cancelled" | "failed" | "expired"; at: Instant; dueAt: Instant },
  never
>(
  (p) => sql`
    update exports set state = ${p.state}, claim_id = null, part = null,
      ended_at = coalesce(ended_at, ${p.at}::timestamptz),
      due_at = case when storage_key is not null then ${p.dueAt}::timestamptz end
    where organization_id = ${p.organizationId} and id = ${p.id}`,
);

/** What a worker is to look at, over all organizations. */
export const findDueExports = globalQuery<{ now: Instant }, { organizationId: string; id: string }>(
  (p) => sql`
    select organization_id as "organizationId", id from exports where due_at <= ${p.now} order by due_at limit 20`,
);

/** One of them, for one worker at a time; no row where another is at it, or was. */
export const takeExport = command<
  { id: string; now: Instant },
  {
    state: ExportState;
    includesFiles: boolean;
    createdAt: Instant;
    attempts: number;
    storageKey: string | null;
  }
>(
  (p) => sql`
    select state, includes_files as "includesFiles", created_at as "createdAt", attempts,
      storage_key as "storageKey"
    from exports where organization_id = ${p.organizationId} and id = ${p.id} and due_at <= ${p.now}
    for update skip locked`,
);

/** Begins an attempt: from here on the row belongs to the claim until `until`. */
export const startExport = command<
  { id: string; claimId: string; storageKey: string; until: Instant },
  never
>(
  (p) => sql`
    update exports set state = 'running', claim_id = ${p.claimId}, attempts = attempts + 1, due_at = ${p.until},
      part = null, parts_done = 0, lines_written = 0, storage_key = ${p.storageKey}, taken_at = null
    where organization_id = ${p.organizationId} and id = ${p.id}`,
);

/** Says how far it is, and holds the claim on; no row where the claim is lost. */
export const holdExport = command<
  {
    id: string;
    claimId: string;
    until: Instant;
    part: string | null;
    partsDone: number;
    linesWritten: number;
  },
  { id: string }
>(
  (p) => sql`
    update exports set due_at = ${p.until}, part = ${p.part}::text, parts_done = ${p.partsDone},
      lines_written = ${p.linesWritten}
    where organization_id = ${p.organizationId} and id = ${p.id} and claim_id = ${p.claimId} returning id`,
);

/** Its file is there until `until`; no row where the claim is lost. */
export const finishExport = command<
  {
    id: string;
    claimId: string;
    partsDone: number;
    linesWritten: number;
    sizeBytes: number;
    sha256: string;
    takenAt: Instant;
    at: Instant;
    until: Instant;
  },
  { id: string }
>(
  (p) => sql`
    update exports set state = 'ready', claim_id = null, part = null, parts_done = ${p.partsDone},
      lines_written = ${p.linesWritten}, size_bytes = ${p.sizeBytes}, sha256 = ${p.sha256},
      taken_at = ${p.takenAt}, ended_at = ${p.at}, due_at = ${p.until}
    where organization_id = ${p.organizationId} and id = ${p.id} and claim_id = ${p.claimId} returning id`,
);

/** Gives up an attempt, to be begun anew at an instant; nothing where the claim is lost. */
export const requeueExport = command<{ id: string; claimId: string; dueAt: Instant }, { id: string }>(
  (p) => sql`
    update exports set state = 'queued', claim_id = null, part = null, due_at = ${p.dueAt}
    where organization_id = ${p.organizationId} and id = ${p.id} and claim_id = ${p.claimId} returning id`,
);

/** Its file is gone; nothing where the row is about another file by now. */
export const forgetExportFile = command<{ id: string; storageKey: string }, never>(
  (p) => sql`
    update exports set storage_key = null, due_at = null
    where organization_id = ${p.organizationId} and id = ${p.id} and storage_key = ${p.storageKey}
      and state in ('failed', 'cancelled', 'expired')`,
);
