import {
  type Sql,
  type Unit,
  claimImport,
  endImport,
  findImport,
  findDueImports,
  findOldImportFiles,
  forgetImportFiles,
  insertImportProblems,
  noOrganization,
  read,
  lockOldImportFile,
  transact,
} from "@helpdesk/db";
import { type Instant, type LineReason, importAttempts, plusSeconds, problem } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { FileStore } from "../attachments/file-store.ts";
import type { Env } from "../env.ts";
import type { Runtime } from "../runtime.ts";

/** A worker that says nothing for so long is dead: another goes on where it was. */
export const CLAIM_SECONDS = 60;

export interface Claimed {
  organizationId: string;
  importId: string;
  claimId: string;
  /** Since it moved last, from 1. */
  attempt: number;
}

/** An import that is to be gone on with, if there is one. Any number may claim at once. */
export async function claim({ sql, runtime }: { sql: Sql; runtime: Runtime }): Promise<Claimed | null> {
  const due = await findDueImports(read(sql, noOrganization), { now: runtime.now() });
  for (const { organizationId, id } of due) {
    const claimId = runtime.newId();
    const attempt = await transact(sql, organizationId, async (unit) => {
      const now = runtime.now();
      const until = plusSeconds(now, CLAIM_SECONDS);
      const row = await claimImport.first(unit, { id, claimId, now, until });
      if (!row) return null;
      // Whatever it is that kills its workers, others are not to be kept by it.
      if (row.attempts <= importAttempts) return row.attempts;
      await failImport(unit, id, "defect", now);
      return null;
    });
    if (attempt !== null) return { organizationId, importId: id, claimId, attempt };
  }
  return null;
}

/** Ends an import as failed where it is, with the reason at the line that it would have gone on with. */
export async function failImport(
  unit: Unit,
  importId: string,
  reason: LineReason,
  at: Instant,
): Promise<void> {
  const [ended] = await endImport(unit, { id: importId, state: "failed", at });
  const row = await findImport.first(unit, { id: importId });
  if (!ended || !row) return;
  const why = { ...problem(null, reason), line: row.nextLine, ordinal: 1 };
  await insertImportProblems(unit, { importId, problems: JSON.stringify([why]) });
}

const DAY_SECONDS = 86_400;

interface Sweeping {
  sql: Sql;
  runtime: Runtime;
  env: Env;
  files: FileStore;
  log: Logger;
}

/** Takes away files that have been kept long enough. Returns how many. */
export async function sweepImportFiles(sweeping: Sweeping): Promise<number> {
  const { sql, runtime, env, log } = sweeping;
  const before = plusSeconds(runtime.now(), -env.IMPORT_FILE_KEPT_DAYS * DAY_SECONDS);
  let gone = 0;
  for (const old of await findOldImportFiles(read(sql, noOrganization), { before }))
    try {
      if (await takeAway(sweeping, old)) gone++;
    } catch (error) {
      log.error({ err: error, ...old }, "import file");
    }
  return gone;
}

const takeAway = (
  { sql, files }: Sweeping,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<boolean> =>
  transact(sql, organizationId, async (unit) => {
    if (!(await lockOldImportFile.first(unit, { id }))) return false;
    const file = await forgetImportFiles.first(unit, { ids: JSON.stringify([id]) });
    if (!file) return false;
    await files.remove(file.storageKey);
    return true;
  });
