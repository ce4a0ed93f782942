import {
  type Sql,
  endExport,
  findDueExports,
  forgetExportFile,
  noOrganization,
  read,
  startExport,
  takeExport,
  transact,
} from "@helpdesk/db";
import { exportAttempts, plusSeconds } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { FileStore } from "../attachments/file-store.ts";
import type { Runtime } from "../runtime.ts";

/** A worker that says nothing for so long is dead: another begins anew. */
export const CLAIM_SECONDS = 60;

export interface Claimed {
  organizationId: string;
  exportId: string;
  claimId: string;
  storageKey: string;
  includesFiles: boolean;
  attempt: number;
}

interface Claiming {
  sql: Sql;
  runtime: Runtime;
  files: FileStore;
  log: Logger;
}

/** Takes away files that are over, and an export that is to be begun, if there is one and it is `wanted`. Any number may claim at once. */
export async function claim(claiming: Claiming, wanted: boolean): Promise<Claimed | null> {
  const { sql, runtime } = claiming;
  const due = await findDueExports(read(sql, noOrganization), { now: runtime.now() });
  let claimed: Claimed | null = null;
  for (const one of due) {
    const found: Claimed | null = await look(claiming, one, wanted && claimed === null).catch(
      (error: unknown) => {
        claiming.log.error({ err: error, ...one }, "exports");
        return null;
      },
    );
    claimed ??= found;
  }
  return claimed;
}

async function look(
  { sql, runtime, files }: Claiming,
  { organizationId, id }: { organizationId: string; id: string },
  wanted: boolean,
): Promise<Claimed | null> {
  return transact(sql, organizationId, async (unit) => {
    const now = runtime.now();
    const row = await takeExport.first(unit, { id, now });
    if (!row) return null;
    const { state, storageKey, attempts, includesFiles } = row;
    if (state === "ready") {
      await endExport(unit, { id, state: "expired", at: now, dueAt: now });
      return null;
    }
    if (state !== "queued" && state !== "running") {
      if (storageKey === null) return null;
      await files.remove(storageKey);
      await forgetExportFile(unit, { id, storageKey });
      return null;
    }
    if (attempts >= exportAttempts) {
      await endExport(unit, { id, state: "failed", at: now, dueAt: now });
      return null;
    }
    if (!wanted) return null;
    // What an attempt left that was killed.
    if (storageKey !== null) await files.remove(storageKey);
    const claimId = runtime.newId();
    const next = `exports/${runtime.randomBytes(16).toString("hex")}`;
    await startExport(unit, { id, claimId, storageKey: next, until: plusSeconds(now, CLAIM_SECONDS) });
    return {
      organizationId,
      exportId: id,
      claimId,
      storageKey: next,
      includesFiles,
      attempt: attempts + 1,
    };
  });
}
