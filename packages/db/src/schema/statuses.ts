import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { statusCategories, textLimits, type StatusCategory } from "@helpdesk/domain";
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
  tenant,
} from "./columns.ts";
import { organizations } from "./organizations.ts";

export const ticketStatuses = pgTable(
  "ticket_statuses",
  {
    ...identity,
    key: text("key").notNull(),
    name: text("name").notNull(),
    category: text("category").$type<StatusCategory>().notNull(),
    color: text("color").notNull(),
    position: integer("position").notNull(),
    isDefault: boolean("is_default").notNull().default(false),
    isResolved: boolean("is_resolved").notNull().default(false),
    /** Nothing moves to an archived status; history still names it. */
    archivedAt: instant("archived_at"),
    ...mutable,
  },
  (t) => [
    identityKey("ticket_statuses_pkey", t),
    ownerReference("ticket_statuses_organization_fk", t, organizations),
    unique("ticket_statuses_key_key").on(t.organizationId, t.key),
    // At most one status that new tickets start in.
    uniqueIndex("ticket_statuses_default_key").on(t.organizationId).where(sql.raw("is_default")),
    rule("ticket_statuses_key_check", "key ~ '^[a-z][a-z0-9_]{0,62}$'"),
    isText("ticket_statuses_name_check", "name", textLimits.name),
    oneOf("ticket_statuses_category_check", "category", statusCategories),
    rule("ticket_statuses_color_check", "color ~ '^#[0-9a-f]{6}$'"),
    // The flag and the category are one statement about the ticket.
    rule("ticket_statuses_resolved_check", "is_resolved = (category in ('resolved', 'closed'))"),
    rule("ticket_statuses_default_check", "not is_default or (category = 'open' and archived_at is null)"),
  ],
);

/** The graph: a ticket may go from a status to the ones listed for it, and nowhere else. */
export const ticketStatusTransitions = pgTable(
  "ticket_status_transitions",
  {
    ...tenant,
    fromStatusId: uuid("from_status_id").notNull(),
    toStatusId: uuid("to_status_id").notNull(),
  },
  (t) => [
    primaryKey({
      name: "ticket_status_transitions_pkey",
      columns: [t.organizationId, t.fromStatusId, t.toStatusId],
    }),
    reference("ticket_status_transitions_from_fk", t, t.fromStatusId, ticketStatuses, "cascade"),
    reference("ticket_status_transitions_to_fk", t, t.toStatusId, ticketStatuses, "cascade"),
    index("ticket_status_transitions_to_index").on(t.organizationId, t.toStatusId),
    rule("ticket_status_transitions_check", "from_status_id <> to_status_id"),
  ],
);
