import {
  type Sql,
  claimImport,
  endImport,
  findDueImports,
  findOldImportFiles,
  forgetImportFile,
  noOrganization,
  read,
  takeOldImportFile,
  transact,
} from "@helpdesk/db";
import { importAttempts, plusSeconds } from "@helpdesk/domain";
import type { FileStore } from "../attachments/file-store.ts";
import type { Env } from "../env.ts";
import type { Runtime } from "../runtime.ts";

/** A worker that says nothing for so long is dead: another goes on where it was. */
export const CLAIM_SECONDS = 60;

export interface Claimed {
  organizationId: string;
  importId: string;
  claimId: string;
}

/** An import that is to be gone on with, if there is one. Any number may claim at once. */
export async function claim({ sql, runtime }: { sql: Sql; runtime: Runtime }): Promise<Claimed | null> {
  const due = await findDueImports(read(sql, noOrganization), { now: runtime.now() });
  for (const { organizationId, id } of due) {
    const claimId = runtime.newId();
    const isClaimed = await transact(sql, organizationId, async (unit) => {
      const now = runtime.now();
      const until = plusSeconds(now, CLAIM_SECONDS);
      const row = await claimImport.first(unit, { id, claimId, now, until });
      if (!row) return false;
      // Whatever it is that kills its workers, others are not to be kept by it.
      if (row.attempts <= importAttempts) return true;
      await endImport(unit, { id, state: "failed", at: now });
      return false;
    });
    if (isClaimed) return { organizationId, importId: id, claimId };
  }
  return null;
}

const DAY_SECONDS = 86_400;

/** Takes away files that have been kept long enough. Returns how many. */
export async function sweepImportFiles({
  sql,
  runtime,
  env,
  files,
}: {
  sql: Sql;
  runtime: Runtime;
  env: Env;
  files: FileStore;
}): Promise<number> {
  const before = plusSeconds(runtime.now(), -env.IMPORT_FILE_KEPT_DAYS * DAY_SECONDS);
  const old = await findOldImportFiles(read(sql, noOrganization), { before });
  for (const { organizationId, id } of old)
    await transact(sql, organizationId, async (unit) => {
      const file = await takeOldImportFile.first(unit, { id });
      if (!file) return;
      await files.remove(file.storageKey);
      await forgetImportFile(unit, { id });
    });
  return old.length;
}
