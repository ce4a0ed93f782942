import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { actorKinds, type ActorKind } from "@helpdesk/domain";
import { apiKeys } from "./api-keys.ts";
import { identity, identityKey, instant, isObject, object, oneOf, reference, rule } from "./columns.ts";
import { tickets } from "./tickets.ts";
import { users } from "./users.ts";

/** What changed, by field: values or ids, with a label where an id says nothing to a reader. */
export type Changes = Record<string, unknown>;

/** Append-only: what happened to a ticket, numbered without gaps. */
export const ticketHistory = pgTable(
  "ticket_history",
  {
    ...identity,
    ticketId: uuid("ticket_id").notNull(),
    sequence: integer("sequence").notNull(),
    kind: text("kind").notNull(),
    actorId: uuid("actor_id"),
    actorKind: text("actor_kind").$type<ActorKind>().notNull(),
    /** The API key that the actor acted by, or that acted for them. */
    apiKeyId: uuid("api_key_id"),
    changes: object<Changes>("changes").notNull().default({}),
    at: instant("at").notNull(),
    /** Of the rules that it was decided by. */
    rulesVersion: integer("rules_version").notNull().default(1),
  },
  (t) => [
    identityKey("ticket_history_pkey", t),
    // No cascade: history never vanishes with something else.
    reference("ticket_history_ticket_fk", t, t.ticketId, tickets),
    reference("ticket_history_actor_fk", t, t.actorId, users),
    reference("ticket_history_api_key_fk", t, t.apiKeyId, apiKeys),
    // Also the order in which a timeline is read.
    unique("ticket_history_sequence_key").on(t.organizationId, t.ticketId, t.sequence),
    // What was done in a period: reports read it by the instant.
    index("ticket_history_work_index")
      .on(t.organizationId, t.at, t.ticketId)
      .where(sql.raw("kind in ('status_changed', 'assignee_changed', 'reply_added')")),
    oneOf("ticket_history_actor_kind_check", "actor_kind", actorKinds),
    rule("ticket_history_actor_check", "actor_kind <> 'user' or actor_id is not null"),
    rule("ticket_history_sequence_check", "sequence > 0"),
    isObject("ticket_history_changes_check", "changes"),
  ],
);
