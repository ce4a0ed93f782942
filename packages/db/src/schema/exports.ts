import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { type ExportState, exportStates } from "@helpdesk/domain";
import { identity, identityKey, instant, isHash, oneOf, reference, rule } from "./columns.ts";
import { users } from "./users.ts";

/** All of an organization in one file: the row is there before its worker, and outlives the file. */
export const dataExports = pgTable(
  "exports",
  {
    ...identity,
    state: text("state").$type<ExportState>().notNull(),
    includesFiles: boolean("includes_files").notNull(),
    createdById: uuid("created_by_id").notNull(),
    createdAt: instant("created_at").notNull(),
    /** When a worker looks at it next: to begin, for it heard nothing of another worker, or to take the file away. Null is never. */
    dueAt: instant("due_at"),
    attempts: integer("attempts").notNull().default(0),
    /** Of the worker that is at it. */
    claimId: uuid("claim_id"),
    /** What is being written, and how far it is. */
    part: text("part"),
    partsDone: integer("parts_done").notNull().default(0),
    linesWritten: bigint("lines_written", { mode: "number" }).notNull().default(0),
    /** The file of the last attempt; null once it is taken away. */
    storageKey: text("storage_key"),
    sizeBytes: bigint("size_bytes", { mode: "number" }),
    sha256: text("sha256"),
    /** The moment that it is a picture of. */
    takenAt: instant("taken_at"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    identityKey("exports_pkey", t),
    reference("exports_created_by_fk", t, t.createdById, users),
    index("exports_created_by_index").on(t.organizationId, t.createdById),
    // One at a time.
    uniqueIndex("exports_running_key").on(t.organizationId).where(sql.raw("state in ('queued', 'running')")),
    // What workers look for, over all organizations: few at any time.
    index("exports_due_index").on(t.dueAt).where(sql.raw("due_at is not null")),
    oneOf("exports_state_check", "state", exportStates),
    isHash("exports_sha256_check", "sha256"),
    rule("exports_claim_check", "(state = 'running') = (claim_id is not null)"),
    rule("exports_due_check", "state not in ('queued', 'running') or due_at is not null"),
    rule("exports_ended_check", "(state in ('queued', 'running')) = (ended_at is null)"),
    rule(
      "exports_ready_check",
      "state <> 'ready' or num_nonnulls(storage_key, size_bytes, sha256, taken_at) = 4",
    ),
    rule(
      "exports_counts_check",
      "attempts >= 0 and parts_done >= 0 and lines_written >= 0 and size_bytes >= 0",
    ),
  ],
);
