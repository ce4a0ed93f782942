import {
  type ImportRow,
  type Sql,
  analyzeGrown,
  endImport,
  findImport,
  findImportFile,
  read,
  requeueImport,
  transact,
} from "@helpdesk/db";
import {
  type FileRecord,
  type Instant,
  type LineLayout,
  RecordCutter,
  importRetrySeconds,
  plusSeconds,
} from "@helpdesk/domain";
import type { Logger } from "pino";
import type { FileStore } from "../attachments/file-store.ts";
import type { Desks } from "../desks.ts";
import type { Runtime } from "../runtime.ts";
import { type Claimed, failImport } from "./claim.ts";
import { ClaimLost, ImporterMayNot, step } from "./step.ts";

export interface Importing {
  sql: Sql;
  runtime: Runtime;
  desks: Desks;
  log: Logger;
  files: FileStore;
  /** How long one import is gone on with before others that wait have their turn. */
  turnSeconds?: number;
}

/** What one transaction takes on: few enough that nobody who opens a ticket meanwhile waits long for its number. */
const BATCH_RECORDS = 200;
const BATCH_BYTES = 524_288;
const TURN_SECONDS = 60;
/** Records, and again whenever they have doubled. */
const FIRST_ANALYZE = 1_000;

/** Goes on with a claimed import to its end, or until `stopping` or the end of its turn: then another begins where it is. */
export async function run(importing: Importing, claimed: Claimed, stopping: AbortSignal): Promise<void> {
  const { sql, runtime, log } = importing;
  const { organizationId, importId, claimId, attempt } = claimed;
  try {
    const row = await findImport.first(read(sql, organizationId), { id: importId });
    const isWhole = row !== undefined && (await readOn(importing, claimed, row, stopping));
    await transact(sql, organizationId, async (unit) => {
      const at = runtime.now();
      if (isWhole) await endImport(unit, { id: importId, state: "done", at });
      else await requeueImport(unit, { id: importId, claimId, dueAt: at });
    });
    log.info({ organizationId, importId, isWhole }, "import");
  } catch (error) {
    if (error instanceof ClaimLost) return;
    if (error instanceof ImporterMayNot)
      return transact(sql, organizationId, (unit) =>
        failImport(unit, importId, "importer_may_not", runtime.now()),
      );
    log.error({ err: error, organizationId, importId }, "import");
    await transact(sql, organizationId, (unit) =>
      requeueImport(unit, {
        id: importId,
        claimId,
        dueAt: plusSeconds(runtime.now(), importRetrySeconds(attempt)),
      }),
    );
  }
}

const layoutOfImport = ({ kind, format, mapping }: ImportRow): LineLayout => ({
  kind,
  format,
  delimiter: mapping.delimiter ?? "",
  columns: mapping.columns ?? [],
  fields: mapping.fields ?? {},
});

/** Takes batch after batch. Returns false where it was stopped before the end. */
async function readOn(
  importing: Importing,
  claimed: Claimed,
  row: ImportRow,
  stopping: AbortSignal,
): Promise<boolean> {
  const file = await findImportFile.first(read(importing.sql, claimed.organizationId), { id: row.fileId! });
  if (!file) throw new Error("The file of an import is not there.");
  const layout = layoutOfImport(row);
  const { delimiter } = layout;
  const position = { bytes: row.positionBytes, line: row.nextLine };
  const cutter = new RecordCutter(row.format, { delimiter, offset: position.bytes, line: position.line });
  let batch: FileRecord[] = [];
  let held = 0;
  let taken = row.read;
  let analyzeAt = Math.max(FIRST_ANALYZE, 2 * taken);
  const { runtime, turnSeconds = TURN_SECONDS } = importing;
  // It begins with what is done: each turn gets on, however long the way to its first record is.
  let turnEndsAt: Instant | null = null;
  const isOver = () => stopping.aborted || (turnEndsAt !== null && runtime.now() >= turnEndsAt);
  const flush = async () => {
    if (batch.length > 0) await step(importing, claimed, { row, layout, position }, batch);
    taken += batch.length;
    if (taken >= analyzeAt && !row.isDryRun) {
      // An import is right without it.
      await analyzeGrown(importing.sql).catch((error: unknown) =>
        importing.log.warn({ err: error, importId: claimed.importId }, "import statistics"),
      );
      analyzeAt *= 2;
    }
    batch = [];
    held = 0;
    turnEndsAt ??= plusSeconds(runtime.now(), turnSeconds);
  };
  const take = async (records: Iterable<FileRecord>) => {
    for (const record of records) {
      batch.push(record);
      held += record.bytes?.length ?? 0;
      if (batch.length >= BATCH_RECORDS || held >= BATCH_BYTES) await flush();
      if (isOver()) return;
    }
  };
  const content = await importing.files.readFrom(file.storageKey, position.bytes);
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      await take(cutter.push(chunk));
      if (isOver()) return false;
    }
    await take(cutter.end());
    if (isOver()) return false;
    await flush();
    return true;
  } finally {
    content.destroy();
  }
}
