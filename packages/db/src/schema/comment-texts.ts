import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { textLimits } from "@helpdesk/domain";
import { instant, isPositive, isText, reference, tenant } from "./columns.ts";
import { ticketComments } from "./comments.ts";
import { users } from "./users.ts";

/** Append-only: every text of a comment that was ever edited, the first and the last one too. */
export const ticketCommentVersions = pgTable(
  "ticket_comment_versions",
  {
    ...tenant,
    commentId: uuid("comment_id").notNull(),
    version: integer("version").notNull(),
    body: text("body").notNull(),
    /** Who wrote this version; nobody where it was the product itself. */
    writtenById: uuid("written_by_id"),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({
      name: "ticket_comment_versions_pkey",
      columns: [t.organizationId, t.commentId, t.version],
    }),
    // A part of its comment.
    reference("ticket_comment_versions_comment_fk", t, t.commentId, ticketComments, "cascade"),
    reference("ticket_comment_versions_written_by_fk", t, t.writtenById, users),
    isText("ticket_comment_versions_body_check", "body", textLimits.body),
    isPositive("ticket_comment_versions_version_check", "version"),
  ],
);

/** Whom a comment mentions: those it told. What else looks like a mention is text. */
export const ticketCommentMentions = pgTable(
  "ticket_comment_mentions",
  { ...tenant, commentId: uuid("comment_id").notNull(), userId: uuid("user_id").notNull() },
  (t) => [
    primaryKey({
      name: "ticket_comment_mentions_pkey",
      columns: [t.organizationId, t.commentId, t.userId],
    }),
    reference("ticket_comment_mentions_comment_fk", t, t.commentId, ticketComments, "cascade"),
    reference("ticket_comment_mentions_user_fk", t, t.userId, users),
    // Where somebody is mentioned.
    index("ticket_comment_mentions_user_index").on(t.organizationId, t.userId, t.commentId),
  ],
);
