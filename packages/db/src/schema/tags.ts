import { index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { ticketLinkKinds, textLimits, type TicketLinkKind } from "@helpdesk/domain";
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
import { tickets } from "./tickets.ts";
import { users } from "./users.ts";

export const tags = pgTable(
  "tags",
  {
    ...identity,
    name: text("name").notNull(),
    color: text("color").notNull().default("#6b7280"),
    ...mutable,
  },
  (t) => [
    identityKey("tags_pkey", t),
    ownerReference("tags_organization_fk", t, organizations),
    unique("tags_name_key").on(t.organizationId, t.name),
    isText("tags_name_check", "name", textLimits.key),
    rule("tags_lower_check", "name = lower(name)"),
    rule("tags_color_check", "color ~ '^#[0-9a-f]{6}$'"),
  ],
);

export const ticketTags = pgTable(
  "ticket_tags",
  { ...tenant, ticketId: uuid("ticket_id").notNull(), tagId: uuid("tag_id").notNull() },
  (t) => [
    primaryKey({ name: "ticket_tags_pkey", columns: [t.organizationId, t.ticketId, t.tagId] }),
    reference("ticket_tags_ticket_fk", t, t.ticketId, tickets, "cascade"),
    // No cascade: a tag does not vanish from tickets without a word in their history.
    reference("ticket_tags_tag_fk", t, t.tagId, tags),
    // The tickets with a tag.
    index("ticket_tags_tag_index").on(t.organizationId, t.tagId, t.ticketId),
  ],
);

/** People told of a ticket beyond its customer and assignee. */
export const ticketFollowers = pgTable(
  "ticket_followers",
  {
    ...tenant,
    ticketId: uuid("ticket_id").notNull(),
    userId: uuid("user_id").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "ticket_followers_pkey", columns: [t.organizationId, t.ticketId, t.userId] }),
    reference("ticket_followers_ticket_fk", t, t.ticketId, tickets, "cascade"),
    reference("ticket_followers_user_fk", t, t.userId, users, "cascade"),
    // The tickets one follows.
    index("ticket_followers_user_index").on(t.organizationId, t.userId, t.ticketId),
  ],
);

/** Read from left to right: "from blocks to". */
export const ticketLinks = pgTable(
  "ticket_links",
  {
    ...tenant,
    fromTicketId: uuid("from_ticket_id").notNull(),
    toTicketId: uuid("to_ticket_id").notNull(),
    kind: text("kind").$type<TicketLinkKind>().notNull(),
    createdById: uuid("created_by_id"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({
      name: "ticket_links_pkey",
      columns: [t.organizationId, t.fromTicketId, t.toTicketId, t.kind],
    }),
    reference("ticket_links_from_fk", t, t.fromTicketId, tickets, "cascade"),
    reference("ticket_links_to_fk", t, t.toTicketId, tickets, "cascade"),
    reference("ticket_links_created_by_fk", t, t.createdById, users),
    // The links seen from their other end.
    index("ticket_links_to_index").on(t.organizationId, t.toTicketId),
    oneOf("ticket_links_kind_check", "kind", ticketLinkKinds),
    rule("ticket_links_self_check", "from_ticket_id <> to_ticket_id"),
  ],
);
