import { type Sql, findAttachment, passAttachment, read, rejectAttachment, transact } from "@helpdesk/db";
import type { JobData, Jobs } from "../jobs.ts";
import type { Runtime } from "../runtime.ts";
import type { FileStore } from "./file-store.ts";
import type { Scanner } from "./scanner.ts";

interface Scanning {
  sql: Sql;
  runtime: Runtime;
  jobs: Jobs;
  files: FileStore;
  scanner: Scanner;
}

/** Has a file scanned: a clean one can be had from then on, a harmful one goes and its uploader is told. */
export async function scan(
  { sql, runtime, jobs, files, scanner }: Scanning,
  { organizationId, attachmentId }: JobData["scan_attachment"],
): Promise<{ found: string | null }> {
  const row = await findAttachment.first(read(sql, organizationId), { attachmentId });
  if (row?.state !== "scanning") return { found: null };
  const found = await scanner.scan(await files.read(row.storageKey));
  const at = runtime.now();
  await transact(sql, organizationId, async (unit) => {
    if (found === null) {
      await passAttachment(unit, { attachmentId, at });
      return;
    }
    const rejected = await rejectAttachment.first(unit, {
      attachmentId,
      notificationId: runtime.newId(),
      at,
    });
    if (rejected) await jobs.enqueue(unit, "remove_files", { storageKeys: [rejected.storageKey] });
  });
  return { found };
}
