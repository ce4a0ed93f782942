import { index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { textLimits } from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isObject,
  isText,
  object,
  ownerReference,
  rule,
  transactionId,
} from "./columns.ts";
import { organizations } from "./organizations.ts";

/**
 * The outbox: written with the change, told to open streams by every API process. Its ids refer to nothing, so that it
 * outlives them. Events of a ticket have its sequence; what only streams care for has none.
 */
export const events = pgTable(
  "events",
  {
    ...identity,
    ticketId: uuid("ticket_id"),
    /** The ticket's own numbering: the order that subscribers are promised. */
    sequence: integer("sequence"),
    kind: text("kind").notNull(),
    actorId: uuid("actor_id"),
    apiKeyId: uuid("api_key_id"),
    data: object<Record<string, unknown>>("data").notNull().default({}),
    at: instant("at").notNull(),
    transactionId,
  },
  (t) => [
    identityKey("events_pkey", t),
    ownerReference("events_organization_fk", t, organizations),
    unique("events_sequence_key").on(t.organizationId, t.ticketId, t.sequence),
    // Reading on, and the sweep of old ones, over all organizations.
    index("events_position_index").on(t.transactionId, t.id),
    index("events_at_index").on(t.at),
    isText("events_kind_check", "kind", textLimits.key),
    rule("events_sequence_check", "sequence > 0 and (sequence is null or ticket_id is not null)"),
    isObject("events_data_check", "data"),
  ],
);
