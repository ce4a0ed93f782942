import { index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { textLimits } from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isHash,
  isObject,
  isText,
  object,
  ownerReference,
  rule,
} from "./columns.ts";
import { organizations } from "./organizations.ts";

/** Where a chain ends: the one row that all who write to it wait for. It can be rebuilt from the log's last row. */
export const auditHeads = pgTable(
  "audit_heads",
  {
    organizationId: uuid("organization_id").notNull().primaryKey(),
    sequence: integer("sequence").notNull(),
    prevHash: text("prev_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [
    ownerReference("audit_heads_organization_fk", t, organizations),
    isHash("audit_heads_hash_check", "prev_hash", "hash"),
  ],
);

/** Append-only and chained: `hash` covers the row and `prevHash`, so that an edit, a gap or a swap shows. Its ids refer to nothing, so that it outlives them. */
export const auditLog = pgTable(
  "audit_log",
  {
    ...identity,
    sequence: integer("sequence").notNull(),
    /** Who really did it: the person, or the owner of the API key. */
    actorId: uuid("actor_id").notNull(),
    apiKeyId: uuid("api_key_id"),
    /** Whom the key acted for; null where for its owner. */
    onBehalfOfId: uuid("on_behalf_of_id"),
    /** The procedure that was called. */
    procedure: text("procedure").notNull(),
    /** What it was about: ids, by the names they had in the call. */
    data: object<Record<string, unknown>>("data").notNull().default({}),
    at: instant("at").notNull(),
    prevHash: text("prev_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [
    identityKey("audit_log_pkey", t),
    ownerReference("audit_log_organization_fk", t, organizations),
    unique("audit_log_sequence_key").on(t.organizationId, t.sequence),
    // A fork of the chain cannot be written: each row has one successor.
    unique("audit_log_prev_hash_key").on(t.organizationId, t.prevHash),
    index("audit_log_api_key_index").on(t.organizationId, t.apiKeyId, t.sequence),
    index("audit_log_actor_index").on(t.organizationId, t.actorId, t.sequence),
    index("audit_log_procedure_index").on(t.organizationId, t.procedure, t.sequence),
    index("audit_log_time_index").on(t.organizationId, t.at),
    isText("audit_log_procedure_check", "procedure", textLimits.key),
    rule("audit_log_sequence_check", "sequence > 0"),
    isHash("audit_log_hash_check", "prev_hash", "hash"),
    isObject("audit_log_data_check", "data"),
  ],
);
