import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { type PresenceActivity, presenceActivities } from "@helpdesk/domain";
import { instant, oneOf, reference, tenant } from "./columns.ts";
import { tickets } from "./tickets.ts";
import { users } from "./users.ts";

/** Who is at a ticket now; what has expired is nobody's any more. Renewed often, so that no index but the key is kept. */
export const ticketPresence = pgTable(
  "ticket_presence",
  {
    ...tenant,
    ticketId: uuid("ticket_id").notNull(),
    userId: uuid("user_id").notNull(),
    activity: text("activity").$type<PresenceActivity>().notNull(),
    since: instant("since").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "ticket_presence_pkey", columns: [t.organizationId, t.ticketId, t.userId] }),
    reference("ticket_presence_ticket_fk", t, t.ticketId, tickets, "cascade"),
    reference("ticket_presence_user_fk", t, t.userId, users),
    oneOf("ticket_presence_activity_check", "activity", presenceActivities),
  ],
);
