import { index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { instant, reference, tenant } from "./columns.ts";
import { tickets } from "./tickets.ts";
import { users } from "./users.ts";

/** Customers in copy of a ticket: they see it as its own customer does. */
export const ticketCc = pgTable(
  "ticket_cc",
  {
    ...tenant,
    ticketId: uuid("ticket_id").notNull(),
    userId: uuid("user_id").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "ticket_cc_pkey", columns: [t.organizationId, t.ticketId, t.userId] }),
    reference("ticket_cc_ticket_fk", t, t.ticketId, tickets, "cascade"),
    reference("ticket_cc_user_fk", t, t.userId, users, "cascade"),
    // The tickets one is in copy of: a part of what customers see.
    index("ticket_cc_user_index").on(t.organizationId, t.userId, t.ticketId),
  ],
);
