import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { actorKinds, textLimits, type ActorKind } from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isHash,
  isObject,
  isText,
  object,
  oneOf,
  ownerReference,
  rule,
  tenant,
} from "./columns.ts";
import { organizations } from "./organizations.ts";

/** The outbox: written with the change, handed out by the worker. Its ids refer to nothing, so that it outlives them. */
export const events = pgTable(
  "events",
  {
    ...identity,
    ticketId: uuid("ticket_id"),
    /** The ticket's own numbering: the order that subscribers are promised. */
    sequence: integer("sequence"),
    kind: text("kind").notNull(),
    actorId: uuid("actor_id"),
    data: object<Record<string, unknown>>("data").notNull().default({}),
    at: instant("at").notNull(),
    publishedAt: instant("published_at"),
  },
  (t) => [
    identityKey("events_pkey", t),
    ownerReference("events_organization_fk", t, organizations),
    unique("events_sequence_key").on(t.organizationId, t.ticketId, t.sequence),
    // What is still to be handed out, over all organizations.
    index("events_unpublished_index").on(t.at, t.id).where(sql.raw("published_at is null")),
    // Pruning of what was handed out long ago.
    index("events_published_index").on(t.publishedAt).where(sql.raw("published_at is not null")),
    isText("events_kind_check", "kind", textLimits.key),
    rule("events_sequence_check", "sequence > 0 and (sequence is null or ticket_id is not null)"),
    isObject("events_data_check", "data"),
  ],
);

/** The first answer to a key, given again to the same request; without `response` it is still at work. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    ...tenant,
    /** The user or API key that sent it: keys of two callers never meet. */
    callerId: uuid("caller_id").notNull(),
    key: text("key").notNull(),
    procedure: text("procedure").notNull(),
    requestHash: text("request_hash").notNull(),
    response: object<Record<string, unknown>>("response"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "idempotency_keys_pkey", columns: [t.organizationId, t.callerId, t.key] }),
    ownerReference("idempotency_keys_organization_fk", t, organizations),
    index("idempotency_keys_expiry_index").on(t.expiresAt),
    isText("idempotency_keys_key_check", "key", textLimits.name),
    isHash("idempotency_keys_request_hash_check", "request_hash"),
    isObject("idempotency_keys_response_check", "response"),
  ],
);

/** Append-only and chained: `hash` covers the row and `prevHash`, so that an edit, a gap or a swap shows. */
export const auditLog = pgTable(
  "audit_log",
  {
    ...identity,
    sequence: integer("sequence").notNull(),
    kind: text("kind").notNull(),
    actorId: uuid("actor_id"),
    actorKind: text("actor_kind").$type<ActorKind>().notNull(),
    subjectKind: text("subject_kind").notNull(),
    subjectId: uuid("subject_id"),
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
    index("audit_log_subject_index").on(t.organizationId, t.subjectKind, t.subjectId),
    oneOf("audit_log_actor_kind_check", "actor_kind", actorKinds),
    rule("audit_log_sequence_check", "sequence > 0"),
    isHash("audit_log_hash_check", "prev_hash", "hash"),
    isObject("audit_log_data_check", "data"),
  ],
);
