import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { ginOptions, reference, tenant, textVector } from "./columns.ts";
import { tickets } from "./tickets.ts";

/**
 * What a ticket is found by: a cache of its title and description, in a table of its own because a ticket's row changes
 * with every act and each change of it would write all its words into the index anew.
 */
export const ticketTexts = pgTable(
  "ticket_texts",
  {
    ...tenant,
    ticketId: uuid("ticket_id").notNull(),
    /** The words of the title as search compares them, for finding words that are like another. */
    titleWords: text("title_words").notNull(),
    /** Title (weight A) and description (weight B). */
    search: textVector("search").notNull(),
  },
  (t) => [
    primaryKey({ name: "ticket_texts_pkey", columns: [t.organizationId, t.ticketId] }),
    // A part of its ticket.
    reference("ticket_texts_ticket_fk", t, t.ticketId, tickets, "cascade"),
    index("ticket_texts_search_index").using("gin", t.organizationId, t.search).with(ginOptions),
    index("ticket_texts_title_words_index").using("gin", t.organizationId, sql`${t.titleWords} gin_trgm_ops`),
  ],
);
