import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { ginOptions, ownerReference, reference, tenant, textVector } from "./columns.ts";
import { organizations } from "./organizations.ts";
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
    /** Title (weight A) and description (weight B). */
    search: textVector("search").notNull(),
  },
  (t) => [
    primaryKey({ name: "ticket_texts_pkey", columns: [t.organizationId, t.ticketId] }),
    // A part of its ticket.
    reference("ticket_texts_ticket_fk", t, t.ticketId, tickets, "cascade"),
    index("ticket_texts_search_index").using("gin", t.organizationId, t.search).with(ginOptions),
  ],
);

/**
 * Words that texts of the organization have or had: what a mistyped one may have been meant for. A cache, without
 * references. Two texts that are written at once may each make the same word known.
 */
export const knownWords = pgTable(
  "known_words",
  {
    ...tenant,
    word: text("word").notNull(),
    /** The ticket or comment that had it first. */
    textId: uuid("text_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "known_words_pkey", columns: [t.organizationId, t.word, t.textId] }),
    ownerReference("known_words_organization_fk", t, organizations),
    index("known_words_like_index")
      .using("gin", t.organizationId, sql`${t.word} gin_trgm_ops`)
      .with(ginOptions),
  ],
);
