import type { ClaimedErasure, Unit } from "@helpdesk/db";
import type { Instant, Traces } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { Sql } from "@helpdesk/db";
import type { FileStore } from "../attachments/file-store.ts";
import type { Runtime } from "../runtime.ts";

export interface Erasing {
  sql: Sql;
  runtime: Runtime;
  log: Logger;
  files: FileStore;
}

/** One transaction of an erasure: a bounded part of one step. */
export interface Batch {
  unit: Unit;
  erasure: ClaimedErasure;
  traces: Traces;
  now: Instant;
  files: FileStore;
  /** Adds rows of a table to what the receipt counts. */
  count(table: string, rows: number): void;
}

/** Does the rows after a key, and says after which one the next batch goes on; null where there are no more. */
export type Step = (batch: Batch, after: string | null) => Promise<string | null>;

export const firstId = "00000000-0000-0000-0000-000000000000";

/** A bucket takes its time for each. */
const REMOVED_AT_ONCE = 10;

/**
 * Removes files before their rows are gone for good: a batch that fails is done again, and a file that is gone already is
 * no matter. So what is counted as erased is erased.
 */
export async function removeFilesOf(
  { files, count }: Pick<Batch, "files" | "count">,
  gone: readonly { storageKey: string }[],
): Promise<void> {
  const keys = gone.map(({ storageKey }) => storageKey).filter((key) => key !== "");
  for (let from = 0; from < keys.length; from += REMOVED_AT_ONCE)
    await Promise.all(keys.slice(from, from + REMOVED_AT_ONCE).map((key) => files.remove(key)));
  count("files", keys.length);
}
