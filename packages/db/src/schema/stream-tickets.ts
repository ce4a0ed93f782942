import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { identity, identityKey, instant, isHash, reference, rule } from "./columns.ts";
import { users } from "./users.ts";

/** What opens one stream, once, where no header can be sent: stored as its hash, gone when used. */
export const streamTickets = pgTable(
  "stream_tickets",
  {
    ...identity,
    userId: uuid("user_id").notNull(),
    ticketHash: text("ticket_hash").notNull(),
    /** What it was given for: a sign-in, or the secret of an API key. */
    authSessionId: uuid("auth_session_id"),
    secretId: uuid("secret_id"),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    identityKey("stream_tickets_pkey", t),
    reference("stream_tickets_user_fk", t, t.userId, users, "cascade"),
    index("stream_tickets_user_index").on(t.organizationId, t.userId),
    unique("stream_tickets_ticket_hash_key").on(t.organizationId, t.ticketHash),
    // The sweep of those that nobody used.
    index("stream_tickets_expiry_index").on(t.expiresAt),
    isHash("stream_tickets_ticket_hash_check", "ticket_hash"),
    rule("stream_tickets_holder_check", "(auth_session_id is null) <> (secret_id is null)"),
  ],
);
