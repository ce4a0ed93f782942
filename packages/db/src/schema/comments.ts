import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { sources, textLimits, visibilities, type Source, type Visibility } from "@helpdesk/domain";
import {
  ginOptions,
  identity,
  identityKey,
  instant,
  isText,
  oneOf,
  reference,
  textVector,
} from "./columns.ts";
import { tickets } from "./tickets.ts";
import { users } from "./users.ts";

/** A public comment or an internal note; without author it was written by the product itself. */
export const ticketComments = pgTable(
  "ticket_comments",
  {
    ...identity,
    ticketId: uuid("ticket_id").notNull(),
    authorId: uuid("author_id"),
    /** Its place in the ticket's history: the sequence of the event that added it. */
    sequence: integer("sequence").notNull(),
    visibility: text("visibility").$type<Visibility>().notNull(),
    body: text("body").notNull(),
    source: text("source").$type<Source>().notNull(),
    createdAt: instant("created_at").notNull(),
    editedAt: instant("edited_at"),
    version: integer("version").notNull().default(1),
    /** What it is found by, with weight C. */
    search: textVector("search").generatedAlwaysAs(
      sql.raw("setweight(to_tsvector('simple', search_words(body)), 'C')"),
    ),
  },
  (t) => [
    identityKey("ticket_comments_pkey", t),
    // A part of its ticket.
    reference("ticket_comments_ticket_fk", t, t.ticketId, tickets, "cascade"),
    reference("ticket_comments_author_fk", t, t.authorId, users),
    // Joins the timeline of a ticket, in order.
    unique("ticket_comments_sequence_key").on(t.organizationId, t.ticketId, t.sequence),
    index("ticket_comments_search_index").using("gin", t.organizationId, t.search).with(ginOptions),
    oneOf("ticket_comments_visibility_check", "visibility", visibilities),
    oneOf("ticket_comments_source_check", "source", sources),
    isText("ticket_comments_body_check", "body", textLimits.body),
  ],
);
