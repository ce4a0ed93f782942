import {
  type Sql,
  listUnscanned,
  listUsages,
  noOrganization,
  read,
  transact,
  unscannedSize,
} from "@helpdesk/db";
import { plusSeconds } from "@helpdesk/domain";
import type { Jobs } from "../jobs.ts";
import type { Runtime } from "../runtime.ts";

const DAY_SECONDS = 86_400;
const FIRST = "00000000-0000-0000-0000-000000000000";

/** Puts files to the scanner again that it did not do in a day: their jobs have given up by then, or soon will. */
export async function rescan({
  sql,
  runtime,
  jobs,
}: {
  sql: Sql;
  runtime: Runtime;
  jobs: Jobs;
}): Promise<{ rescans: number }> {
  const before = plusSeconds(runtime.now(), -DAY_SECONDS);
  let rescans = 0;
  for (const { organizationId } of await listUsages(read(sql, noOrganization))) {
    let after = FIRST;
    let batch: number;
    do {
      const ids = await transact(sql, organizationId, async (unit) => {
        const rows = await listUnscanned(unit, { after, before });
        for (const { id } of rows)
          await jobs.enqueue(unit, "scan_attachment", { organizationId, attachmentId: id });
        return rows.map(({ id }) => id);
      });
      batch = ids.length;
      after = ids.at(-1) ?? after;
      rescans += batch;
    } while (batch === unscannedSize);
  }
  return { rescans };
}
