import { index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { sources, textLimits, visibilities, type Source, type Visibility } from "@helpdesk/domain";
import { identity, identityKey, instant, isHash, isText, oneOf, reference, rule } from "./columns.ts";
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
  },
  (t) => [
    identityKey("ticket_comments_pkey", t),
    // A part of its ticket.
    reference("ticket_comments_ticket_fk", t, t.ticketId, tickets, "cascade"),
    reference("ticket_comments_author_fk", t, t.authorId, users),
    // Joins the timeline of a ticket, in order.
    unique("ticket_comments_sequence_key").on(t.organizationId, t.ticketId, t.sequence),
    oneOf("ticket_comments_visibility_check", "visibility", visibilities),
    oneOf("ticket_comments_source_check", "source", sources),
    isText("ticket_comments_body_check", "body", textLimits.body),
  ],
);

/** A stored file, by a random storage key; the name is what the sender called it. */
export const attachments = pgTable(
  "attachments",
  {
    ...identity,
    ticketId: uuid("ticket_id").notNull(),
    commentId: uuid("comment_id"),
    name: text("name").notNull(),
    contentType: text("content_type").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    storageKey: text("storage_key").notNull(),
    sha256: text("sha256").notNull(),
    uploadedById: uuid("uploaded_by_id"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    identityKey("attachments_pkey", t),
    // Parts of their ticket, and of the comment they came with.
    reference("attachments_ticket_fk", t, t.ticketId, tickets, "cascade"),
    reference("attachments_comment_fk", t, t.commentId, ticketComments, "cascade"),
    reference("attachments_uploaded_by_fk", t, t.uploadedById, users),
    unique("attachments_storage_key_key").on(t.organizationId, t.storageKey),
    index("attachments_ticket_index").on(t.organizationId, t.ticketId),
    index("attachments_comment_index").on(t.organizationId, t.commentId),
    isText("attachments_name_check", "name", textLimits.title),
    isHash("attachments_sha256_check", "sha256"),
    rule("attachments_size_check", "size_bytes >= 0"),
  ],
);
