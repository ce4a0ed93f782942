import {
  type Sql,
  connect,
  endExport,
  finishExport,
  holdExport,
  requeueExport,
  transact,
} from "@helpdesk/db";
import { exportAttempts, exportRetrySeconds, plusSeconds } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { FileStore } from "../attachments/file-store.ts";
import type { Env } from "../env.ts";
import type { Runtime } from "../runtime.ts";
import { CLAIM_SECONDS, type Claimed } from "./claim.ts";
import { type Progress, type WrittenExport, writeExport } from "./write.ts";

export interface Exporting {
  sql: Sql;
  runtime: Runtime;
  log: Logger;
  env: Env;
  files: FileStore;
}

const HOLD_EVERY_MS = 2_000;
const DAY_SECONDS = 86_400;

/** Somebody cancelled it, or another worker has begun it anew. */
class ClaimLost extends Error {
  override readonly name = "ClaimLost";
}

/** The worker stops: another is to begin it anew at once. */
export class WorkerStops extends Error {
  override readonly name = "WorkerStops";
}

/** Writes the file of a claimed export, and says so; where that fails it leaves no file, and the next attempt is due. */
export async function run(exporting: Exporting, claimed: Claimed, stopping: AbortSignal): Promise<void> {
  const { log } = exporting;
  const { exportId, organizationId } = claimed;
  const progress: Progress = { part: null, partsDone: 0, linesWritten: 0 };
  const lost = new AbortController();
  const release = hold(exporting, claimed, progress, lost);
  try {
    const written = await write(exporting, claimed, progress, AbortSignal.any([lost.signal, stopping]));
    await release();
    await finish(exporting, claimed, progress, written);
    log.info({ organizationId, exportId, ...written }, "export ready");
  } catch (error) {
    await release();
    // Where that fails, whoever begins anew finds it by the row.
    await exporting.files.remove(claimed.storageKey).catch((problem: unknown) => {
      log.warn({ err: problem, organizationId, exportId }, "export left behind");
    });
    if (error instanceof ClaimLost) return;
    if (!(error instanceof WorkerStops)) log.error({ err: error, organizationId, exportId }, "export");
    await giveUp(exporting, claimed, error instanceof WorkerStops);
  }
}

/** By a connection of its own: those of the worker are for short work. */
async function write(
  { env, runtime, files }: Exporting,
  { organizationId, includesFiles, storageKey }: Claimed,
  progress: Progress,
  signal: AbortSignal,
): Promise<WrittenExport> {
  const sql = connect({ url: env.DATABASE_URL, max: 1, applicationName: "helpdesk-export" });
  try {
    const writing = { sql, files, runtime, organizationId, includesFiles, progress, signal };
    return await writeExport(writing, (content) => files.write(storageKey, content));
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Says every moment how far it is, until the function it returns is called. Where the claim is lost it aborts. */
function hold(
  { sql, runtime, log }: Exporting,
  { organizationId, exportId, claimId }: Claimed,
  progress: Progress,
  lost: AbortController,
): () => Promise<void> {
  let underWay = Promise.resolve();
  const tell = async () => {
    const until = plusSeconds(runtime.now(), CLAIM_SECONDS);
    const rows = await transact(sql, organizationId, (unit) =>
      holdExport(unit, { id: exportId, claimId, until, ...progress }),
    );
    if (rows.length === 0) lost.abort(new ClaimLost());
  };
  const timer = setInterval(() => {
    underWay = tell().catch((error: unknown) => log.warn({ err: error, exportId }, "export"));
  }, HOLD_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}

async function finish(
  { sql, runtime, env }: Exporting,
  { organizationId, exportId, claimId }: Claimed,
  { partsDone, linesWritten }: Progress,
  written: WrittenExport,
): Promise<void> {
  const at = runtime.now();
  const until = plusSeconds(at, env.EXPORT_KEPT_DAYS * DAY_SECONDS);
  const rows = await transact(sql, organizationId, (unit) =>
    finishExport(unit, { id: exportId, claimId, partsDone, linesWritten, ...written, at, until }),
  );
  if (rows.length === 0) throw new ClaimLost();
}

async function giveUp(
  { sql, runtime }: Exporting,
  { organizationId, exportId, claimId, attempt }: Claimed,
  atOnce: boolean,
): Promise<void> {
  await transact(sql, organizationId, async (unit) => {
    const at = runtime.now();
    const dueAt = atOnce ? at : plusSeconds(at, exportRetrySeconds(attempt));
    const [held] = await requeueExport(unit, { id: exportId, claimId, dueAt });
    if (held && attempt >= exportAttempts)
      await endExport(unit, { id: exportId, state: "failed", at, dueAt: at });
  });
}
