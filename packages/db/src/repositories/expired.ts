import { type SQL, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { globalCommand } from "../statement.ts";

/** Rows that one statement removes at most. */
export const sweepSize = 5_000;

const sweep = (table: string, key: string, over: (before: SQL) => SQL) =>
  globalCommand<{ before: Instant }, { organizationId: string }>(
    (p) => sql`
      delete from ${sql.raw(table)}
      where (organization_id, ${sql.raw(key)}) in (
        select organization_id, ${sql.raw(key)} from ${sql.raw(table)}
        where ${over(sql`${p.before}::timestamptz`)} limit ${sql.raw(String(sweepSize))})
      returning organization_id as "organizationId"`,
  );

/** Deletes, over all organizations, what ended before an instant; refresh tokens go with their sessions. */
export const sweeps = {
  authSessions: sweep("auth_sessions", "id", (before) => sql`expires_at < ${before}`),
  ticketPresence: sweep("ticket_presence", "ticket_id, user_id", (before) => sql`expires_at < ${before}`),
  streamTickets: sweep("stream_tickets", "id", (before) => sql`expires_at < ${before}`),
  notifications: sweep("notifications", "id", (before) => sql`created_at < ${before}`),
  events: sweep("events", "id", (before) => sql`at < ${before}`),
  authTokens: sweep("auth_tokens", "id", (before) => sql`expires_at < ${before}`),
  ticketRatings: sweep(
    "ticket_ratings",
    "id",
    // Whoever was asked and did not answer counts in how many answer.
    (before) => sql`rated_at is null and token_hash is null and expires_at < ${before}`,
  ),
  webhookDeliveries: sweep("webhook_deliveries", "id", (before) => sql`created_at < ${before}`),
  webhooks: sweep("webhooks", "id", (before) => sql`deleted_at < ${before}`),
  articleViews: sweep(
    "kb_article_views",
    "article_id, day, reader_hash",
    (before) => sql`day < (${before} at time zone 'UTC')::date`,
  ),
  idempotencyKeys: sweep("idempotency_keys", "key_hash", (before) => sql`expires_at < ${before}`),
  signInAttempts: sweep("sign_in_attempts", "subject_hash", (before) => sql`window_started_at < ${before}`),
} as const;
