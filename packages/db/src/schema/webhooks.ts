import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import {
  deliveryProblems,
  deliveryStates,
  textLimits,
  webhookStops,
  type DeliveryProblem,
  type DeliveryState,
  type WebhookStop,
} from "@helpdesk/domain";
import {
  bytes,
  identity,
  identityKey,
  instant,
  isText,
  mutable,
  oneOf,
  ownerReference,
  reference,
  rule,
  tenant,
} from "./columns.ts";
import { organizations } from "./organizations.ts";

/** Signing secrets are stored sealed by a key that is not in the database. */
export const webhooks = pgTable(
  "webhooks",
  {
    ...identity,
    name: text("name").notNull(),
    url: text("url").notNull(),
    sealedSecret: bytes("sealed_secret").notNull(),
    /** Signs as well until it ends. */
    previousSealedSecret: bytes("previous_sealed_secret"),
    previousSecretEndsAt: instant("previous_secret_ends_at"),
    eventKinds: text("event_kinds").array().notNull(),
    includesNotes: boolean("includes_notes").notNull().default(false),
    isActive: boolean("is_active").notNull().default(true),
    /** What happened before is not told. */
    activeSince: instant("active_since").notNull(),
    stop: text("stop").$type<WebhookStop>(),
    /** Its first failure since the last success. */
    failingSince: instant("failing_since"),
    /** Its deliveries are many: the sweep takes them, and then it. */
    deletedAt: instant("deleted_at"),
    ...mutable,
  },
  (t) => [
    identityKey("webhooks_pkey", t),
    ownerReference("webhooks_organization_fk", t, organizations),
    uniqueIndex("webhooks_name_key").on(t.organizationId, t.name).where(sql.raw("deleted_at is null")),
    isText("webhooks_name_check", "name", textLimits.name),
    // Clear-text calls are refused even if some input lets them through.
    rule("webhooks_url_check", `url like 'https://%' and length(url) <= ${textLimits.url}`),
    oneOf("webhooks_stop_check", "stop", webhookStops),
    rule("webhooks_active_check", "is_active = (stop is null) and (deleted_at is null or not is_active)"),
    rule(
      "webhooks_previous_secret_check",
      "(previous_sealed_secret is null) = (previous_secret_ends_at is null)",
    ),
  ],
);

/** One event on its way to one webhook. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    ...identity,
    webhookId: uuid("webhook_id").notNull(),
    /** No reference: published events are pruned, deliveries are kept longer. */
    eventId: uuid("event_id").notNull(),
    /** Whose deliveries go one after the other: the ticket, of a ping itself. No reference: it outlives the ticket. */
    subjectId: uuid("subject_id").notNull(),
    /** The event's number on its ticket; 0 of a ping. */
    sequence: integer("sequence").notNull(),
    kind: text("kind").notNull(),
    eventAt: instant("event_at").notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    /** Made for the first attempt, and the same for all. */
    body: text("body"),
    attempts: integer("attempts").notNull().default(0),
    createdAt: instant("created_at").notNull(),
    /** No attempt is made after that. */
    giveUpAt: instant("give_up_at").notNull(),
    /** When it was delivered, or given up. */
    endedAt: instant("ended_at"),
  },
  (t) => [
    identityKey("webhook_deliveries_pkey", t),
    reference("webhook_deliveries_webhook_fk", t, t.webhookId, webhooks, "cascade"),
    // Each event once to each webhook, however often it is handed out.
    uniqueIndex("webhook_deliveries_event_key").on(t.organizationId, t.webhookId, t.eventId),
    index("webhook_deliveries_list_index").on(t.organizationId, t.webhookId, t.createdAt, t.id),
    index("webhook_deliveries_subject_index").on(t.organizationId, t.subjectId, t.webhookId, t.sequence),
    // What waits or was given up, among very many that arrived.
    index("webhook_deliveries_undelivered_index")
      .on(t.organizationId, t.webhookId, t.state, t.createdAt, t.id)
      .where(sql.raw("state <> 'delivered'")),
    // For the sweep, over all organizations.
    index("webhook_deliveries_created_index").on(t.createdAt),
    isText("webhook_deliveries_kind_check", "kind", textLimits.key),
    oneOf("webhook_deliveries_state_check", "state", deliveryStates),
    rule("webhook_deliveries_attempts_check", "attempts >= 0 and sequence >= 0"),
    rule("webhook_deliveries_ended_check", "(state = 'pending') = (ended_at is null)"),
  ],
);

/** What has deliveries under way to a webhook: the row is their order, their timer and the claim of a worker. */
export const webhookLanes = pgTable(
  "webhook_lanes",
  {
    ...tenant,
    webhookId: uuid("webhook_id").notNull(),
    subjectId: uuid("subject_id").notNull(),
    isPing: boolean("is_ping").notNull(),
    /** Nobody takes it before: of one that is claimed, when the claim ends. */
    dueAt: instant("due_at").notNull(),
    claimId: uuid("claim_id"),
    /** Failed attempts in a row. */
    failures: integer("failures").notNull().default(0),
  },
  (t) => [
    primaryKey({ name: "webhook_lanes_pkey", columns: [t.organizationId, t.webhookId, t.subjectId] }),
    reference("webhook_lanes_webhook_fk", t, t.webhookId, webhooks, "cascade"),
    index("webhook_lanes_due_index").on(t.organizationId, t.webhookId, t.dueAt),
    index("webhook_lanes_claimed_index")
      .on(t.organizationId, t.webhookId, t.dueAt)
      .where(sql.raw("claim_id is not null")),
    rule("webhook_lanes_failures_check", "failures >= 0"),
  ],
);

export const webhookAttempts = pgTable(
  "webhook_attempts",
  {
    ...identity,
    deliveryId: uuid("delivery_id").notNull(),
    at: instant("at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    responseStatus: integer("response_status"),
    /** Null where it was delivered. */
    problem: text("problem").$type<DeliveryProblem>(),
    /** The first of what was answered. */
    answer: text("answer"),
  },
  (t) => [
    identityKey("webhook_attempts_pkey", t),
    reference("webhook_attempts_delivery_fk", t, t.deliveryId, webhookDeliveries, "cascade"),
    index("webhook_attempts_delivery_index").on(t.organizationId, t.deliveryId, t.at),
    rule("webhook_attempts_duration_check", "duration_ms >= 0"),
    oneOf("webhook_attempts_problem_check", "problem", deliveryProblems),
    rule("webhook_attempts_answer_check", "length(answer) <= 1024"),
  ],
);

/** Up to where a reader of the whole outbox has read: between two snapshots, after an event. */
export const outboxCursors = pgTable(
  "outbox_cursors",
  {
    name: text("name").notNull(),
    since: text("since").notNull(),
    /** Null where the reading up to `since` is complete. */
    until: text("until"),
    afterTransactionId: text("after_transaction_id").notNull(),
    afterId: uuid("after_id").notNull(),
  },
  (t) => [primaryKey({ name: "outbox_cursors_pkey", columns: [t.name] })],
);
