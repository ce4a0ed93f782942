import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { attachmentStates, textLimits, type AttachmentState } from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isHash,
  isText,
  oneOf,
  ownerReference,
  reference,
  rule,
  tenant,
} from "./columns.ts";
import { ticketComments } from "./comments.ts";
import { organizations } from "./organizations.ts";
import { tickets } from "./tickets.ts";
import { users } from "./users.ts";

/**
 * A file by a random storage key. The row is there before the first byte, so that no file is without one.
 * It belongs to its uploader alone until it is attached: to a comment or, without one, to the ticket's description.
 */
export const attachments = pgTable(
  "attachments",
  {
    ...identity,
    /** Null for a ticket that is still to be opened. */
    ticketId: uuid("ticket_id"),
    commentId: uuid("comment_id"),
    /** What the sender called it. */
    name: text("name").notNull(),
    /** What the bytes say; null while they arrive, as is the hash. */
    contentType: text("content_type"),
    sizeBytes: integer("size_bytes").notNull().default(0),
    storageKey: text("storage_key").notNull(),
    sha256: text("sha256"),
    state: text("state").$type<AttachmentState>().notNull(),
    uploadedById: uuid("uploaded_by_id").notNull(),
    createdAt: instant("created_at").notNull(),
    attachedAt: instant("attached_at"),
    scannedAt: instant("scanned_at"),
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
    // How many a person has waiting.
    index("attachments_waiting_index")
      .on(t.organizationId, t.uploadedById)
      .where(sql.raw("attached_at is null")),
    // What is put to the scanner again.
    index("attachments_scanning_index").on(t.organizationId, t.id).where(sql.raw("state = 'scanning'")),
    // What is swept, over all organizations.
    index("attachments_unattached_index").on(t.createdAt).where(sql.raw("attached_at is null")),
    isText("attachments_name_check", "name", textLimits.name),
    oneOf("attachments_state_check", "state", attachmentStates),
    isHash("attachments_sha256_check", "sha256"),
    rule("attachments_size_check", "size_bytes >= 0"),
    rule(
      "attachments_received_check",
      "state = 'receiving' or (sha256 is not null and content_type is not null)",
    ),
    rule(
      "attachments_attached_check",
      "attached_at is null or (ticket_id is not null and state <> 'receiving')",
    ),
    rule("attachments_comment_check", "comment_id is null or attached_at is not null"),
  ],
);

/** What the files of an organization come to: a cache of `attachments`, changed in the statements that change those. */
export const attachmentUsage = pgTable(
  "attachment_usage",
  {
    ...tenant,
    usedBytes: bigint("used_bytes", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ name: "attachment_usage_pkey", columns: [t.organizationId] }),
    ownerReference("attachment_usage_organization_fk", t, organizations),
    rule("attachment_usage_check", "used_bytes >= 0"),
  ],
);
