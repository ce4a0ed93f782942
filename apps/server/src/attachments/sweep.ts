import {
  type Sql,
  holdUsage,
  listUsages,
  noOrganization,
  read,
  recountUsage,
  sweepUploads,
  transact,
  uploadSweepSize,
} from "@helpdesk/db";
import { plusSeconds } from "@helpdesk/domain";
import type { Jobs } from "../jobs.ts";
import type { Runtime } from "../runtime.ts";
import type { FileStore } from "./file-store.ts";

const DAY_SECONDS = 86_400;

interface Sweep {
  sql: Sql;
  runtime: Runtime;
  jobs: Jobs;
}

/** Removes uploads that nothing took up within a day, or that never arrived, with their files; counts usages anew. */
export async function sweepAttachments({
  sql,
  runtime,
  jobs,
}: Sweep): Promise<{ uploads: number; recounted: number }> {
  const before = plusSeconds(runtime.now(), -DAY_SECONDS);
  let uploads = 0;
  let batch: number;
  do {
    batch = await transact(sql, noOrganization, async (unit) => {
      const rows = await sweepUploads(unit, { before });
      const storageKeys = rows.map(({ storageKey }) => storageKey);
      if (storageKeys.length > 0) await jobs.enqueue(unit, "remove_files", { storageKeys });
      return rows.length;
    });
    uploads += batch;
  } while (batch === uploadSweepSize);
  let recounted = 0;
  for (const { organizationId } of await listUsages(read(sql, noOrganization))) {
    recounted += await transact(sql, organizationId, async (unit) => {
      await holdUsage(unit);
      return (await recountUsage(unit)).length;
    });
  }
  return { uploads, recounted };
}

/** Removes files; those that are gone already are no matter. */
export async function removeFiles(files: FileStore, storageKeys: readonly string[]): Promise<void> {
  for (const key of storageKeys) await files.remove(key);
}
