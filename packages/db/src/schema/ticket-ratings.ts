import { sql } from "drizzle-orm";
import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { ratingScores, type RatingScore } from "@helpdesk/domain";
import { identity, identityKey, instant, isHash, oneOf, reference, rule } from "./columns.ts";
import { tickets } from "./tickets.ts";

/** What a customer is asked, and says, of one resolution of a ticket. The hash is null until the worker mails the link. */
export const ticketRatings = pgTable(
  "ticket_ratings",
  {
    ...identity,
    ticketId: uuid("ticket_id").notNull(),
    /** Which resolution: a ticket that was reopened meanwhile is not asked about. */
    resolvedAt: instant("resolved_at").notNull(),
    tokenHash: text("token_hash"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    score: text("score").$type<RatingScore>(),
    comment: text("comment"),
    ratedAt: instant("rated_at"),
  },
  (t) => [
    identityKey("ticket_ratings_pkey", t),
    reference("ticket_ratings_ticket_fk", t, t.ticketId, tickets, "cascade"),
    unique("ticket_ratings_resolution_key").on(t.organizationId, t.ticketId, t.resolvedAt),
    unique("ticket_ratings_token_hash_key").on(t.organizationId, t.tokenHash),
    // The sweep of what nobody was asked in the end, over all organizations.
    index("ticket_ratings_expiry_index")
      .on(t.expiresAt)
      .where(sql.raw("rated_at is null and token_hash is null")),
    // Asked in a period, for reports.
    index("ticket_ratings_created_index").on(t.organizationId, t.createdAt),
    // Rated in a period, for the list of ratings.
    index("ticket_ratings_rated_index")
      .on(t.organizationId, t.ratedAt, t.id)
      .where(sql.raw("rated_at is not null")),
    isHash("ticket_ratings_token_hash_check", "token_hash"),
    oneOf("ticket_ratings_score_check", "score", ratingScores),
    rule("ticket_ratings_rated_check", "(rated_at is null) = (score is null)"),
    rule(
      "ticket_ratings_comment_check",
      "length(comment) <= 2000 and (comment is null or rated_at is not null)",
    ),
    rule("ticket_ratings_expiry_check", "expires_at > created_at"),
  ],
);
