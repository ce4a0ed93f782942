import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import {
  existingRules,
  importFormats,
  importKinds,
  importStates,
  textLimits,
  type ExistingRule,
  type ImportFormat,
  type ImportKind,
  type ImportState,
} from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isObject,
  isText,
  object,
  oneOf,
  ownerReference,
  reference,
  rule,
  tenant,
} from "./columns.ts";
import { organizations } from "./organizations.ts";
import { users } from "./users.ts";

/** A file that was sent to be imported: the row is there before its first byte. */
export const importFiles = pgTable(
  "import_files",
  {
    ...identity,
    name: text("name").notNull(),
    /** Null while it is on its way in. */
    sizeBytes: bigint("size_bytes", { mode: "number" }),
    storageKey: text("storage_key").notNull(),
    createdById: uuid("created_by_id").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    identityKey("import_files_pkey", t),
    reference("import_files_created_by_fk", t, t.createdById, users),
    index("import_files_created_by_index").on(t.organizationId, t.createdById),
    // The sweep of old ones, over all organizations.
    index("import_files_created_index").on(t.createdAt),
    isText("import_files_name_check", "name", textLimits.title),
    rule("import_files_size_check", "size_bytes >= 0"),
  ],
);

/** Which column of a CSV file is which field of a line; of JSON Lines nothing. */
export interface ImportMapping {
  delimiter?: string;
  columns?: string[];
  /** The column's header, by field. */
  fields?: Record<string, string>;
  /** The roles that whoever made the import could give then. */
  roleKeys?: string[];
  /** Whether they could choose then who belongs to departments. */
  mayPlace?: boolean;
}

/** A file on its way into the organization: what has been done is in the same transaction as its position. */
export const imports = pgTable(
  "imports",
  {
    ...identity,
    /** Null once the file is taken away. */
    fileId: uuid("file_id"),
    fileName: text("file_name").notNull(),
    kind: text("kind").$type<ImportKind>().notNull(),
    format: text("format").$type<ImportFormat>().notNull(),
    mapping: object<ImportMapping>("mapping").notNull(),
    onExisting: text("on_existing").$type<ExistingRule>().notNull(),
    isDryRun: boolean("is_dry_run").notNull(),
    state: text("state").$type<ImportState>().notNull(),
    createdById: uuid("created_by_id").notNull(),
    createdAt: instant("created_at").notNull(),
    /** When a worker looks at it next; null is never. */
    dueAt: instant("due_at"),
    /** Of the worker that is at it. */
    claimId: uuid("claim_id"),
    attempts: integer("attempts").notNull().default(0),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    /** How far it is: everything before is done, nothing behind is begun. */
    positionBytes: bigint("position_bytes", { mode: "number" }).notNull().default(0),
    nextLine: integer("next_line").notNull().default(1),
    read: integer("read").notNull().default(0),
    made: integer("made").notNull().default(0),
    changed: integer("changed").notNull().default(0),
    skipped: integer("skipped").notNull().default(0),
    bad: integer("bad").notNull().default(0),
    endedAt: instant("ended_at"),
  },
  (t) => [
    identityKey("imports_pkey", t),
    reference("imports_file_fk", t, t.fileId, importFiles),
    reference("imports_created_by_fk", t, t.createdById, users),
    index("imports_file_index").on(t.organizationId, t.fileId),
    index("imports_created_by_index").on(t.organizationId, t.createdById),
    // What workers look for, over all organizations: few at any time.
    index("imports_due_index").on(t.dueAt).where(sql.raw("due_at is not null")),
    oneOf("imports_kind_check", "kind", importKinds),
    oneOf("imports_format_check", "format", importFormats),
    oneOf("imports_on_existing_check", "on_existing", existingRules),
    oneOf("imports_state_check", "state", importStates),
    isObject("imports_mapping_check", "mapping"),
    rule("imports_claim_check", "(state = 'running') = (claim_id is not null)"),
    rule("imports_due_check", "(state in ('queued', 'running')) = (due_at is not null)"),
    rule("imports_ended_check", "(state in ('queued', 'running')) = (ended_at is null)"),
    rule("imports_position_check", "position_bytes between 0 and size_bytes and next_line > 0"),
    rule("imports_counts_check", "read = made + changed + skipped + bad"),
  ],
);

/** What is wrong with a line of a file: one row a problem. */
export const importProblems = pgTable(
  "import_problems",
  {
    ...tenant,
    importId: uuid("import_id").notNull(),
    /** The line of the file that its record begins on, from 1. */
    line: integer("line").notNull(),
    ordinal: integer("ordinal").notNull(),
    /** Null where it is about the line as a whole. */
    field: text("field"),
    reason: text("reason").notNull(),
    /** What stands there, cut short. */
    value: text("value").notNull().default(""),
  },
  (t) => [
    primaryKey({ name: "import_problems_pkey", columns: [t.organizationId, t.importId, t.line, t.ordinal] }),
    reference("import_problems_import_fk", t, t.importId, imports, "cascade"),
    isText("import_problems_reason_check", "reason", textLimits.key),
  ],
);

/** What things are called where they came from. No reference: kinds have tables of their own, and the key outlives none of them. */
export const importKeys = pgTable(
  "import_keys",
  {
    ...tenant,
    kind: text("kind").$type<ImportKind>().notNull(),
    externalId: text("external_id").notNull(),
    thingId: uuid("thing_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "import_keys_pkey", columns: [t.organizationId, t.kind, t.externalId] }),
    ownerReference("import_keys_organization_fk", t, organizations),
    index("import_keys_thing_index").on(t.organizationId, t.kind, t.thingId),
    oneOf("import_keys_kind_check", "kind", importKinds),
    isText("import_keys_external_id_check", "external_id", textLimits.name),
  ],
);
