import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { deliveryStates, textLimits, type DeliveryState } from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isText,
  mutable,
  oneOf,
  ownerReference,
  reference,
  rule,
} from "./columns.ts";
import { organizations } from "./organizations.ts";

/** The signing secret is stored sealed by a key that is not in the database. */
export const webhooks = pgTable(
  "webhooks",
  {
    ...identity,
    name: text("name").notNull(),
    url: text("url").notNull(),
    sealedSecret: text("sealed_secret").notNull(),
    eventKinds: text("event_kinds").array().notNull(),
    isActive: boolean("is_active").notNull().default(true),
    ...mutable,
  },
  (t) => [
    identityKey("webhooks_pkey", t),
    ownerReference("webhooks_organization_fk", t, organizations),
    unique("webhooks_name_key").on(t.organizationId, t.name),
    isText("webhooks_name_check", "name", textLimits.name),
    // Clear-text calls are refused even if some input lets them through.
    rule("webhooks_url_check", `url like 'https://%' and length(url) <= ${textLimits.url}`),
  ],
);

/** One event on its way to one webhook, with the last attempt's outcome. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    ...identity,
    webhookId: uuid("webhook_id").notNull(),
    /** No reference: published events are pruned, deliveries are kept longer. */
    eventId: uuid("event_id").notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at"),
    responseStatus: integer("response_status"),
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull(),
    deliveredAt: instant("delivered_at"),
  },
  (t) => [
    identityKey("webhook_deliveries_pkey", t),
    reference("webhook_deliveries_webhook_fk", t, t.webhookId, webhooks, "cascade"),
    // Each event once to each webhook, however often it is handed out.
    unique("webhook_deliveries_event_key").on(t.organizationId, t.webhookId, t.eventId),
    index("webhook_deliveries_next_attempt_index").on(t.nextAttemptAt).where(sql.raw("state = 'pending'")),
    oneOf("webhook_deliveries_state_check", "state", deliveryStates),
    rule("webhook_deliveries_attempts_check", "attempts >= 0"),
    rule("webhook_deliveries_pending_check", "(state = 'pending') = (next_attempt_at is not null)"),
    rule("webhook_deliveries_delivered_check", "(state = 'delivered') = (delivered_at is not null)"),
  ],
);
