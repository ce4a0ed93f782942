import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { inboundMailStates, textLimits, type InboundMailState } from "@helpdesk/domain";
import { ticketComments } from "./comments.ts";
import {
  identity,
  identityKey,
  instant,
  isHash,
  isObject,
  mutable,
  object,
  oneOf,
  ownerReference,
  reference,
  rule,
} from "./columns.ts";
import { departments } from "./departments.ts";
import { organizations } from "./organizations.ts";
import { tickets } from "./tickets.ts";
import { users } from "./users.ts";

/** Where an organization takes mail for new tickets, beside the addresses that tickets have by themselves. */
export const mailAddresses = pgTable(
  "mail_addresses",
  {
    ...identity,
    localPart: text("local_part").notNull(),
    /** Where tickets go that come by it; null is nowhere yet. */
    departmentId: uuid("department_id"),
    isActive: boolean("is_active").notNull().default(true),
    ...mutable,
  },
  (t) => [
    identityKey("mail_addresses_pkey", t),
    ownerReference("mail_addresses_organization_fk", t, organizations),
    reference("mail_addresses_department_fk", t, t.departmentId, departments),
    unique("mail_addresses_local_part_key").on(t.organizationId, t.localPart),
    index("mail_addresses_department_index").on(t.organizationId, t.departmentId),
    rule(
      "mail_addresses_local_part_check",
      "local_part ~ '^[a-z0-9]([a-z0-9._+-]{0,62}[a-z0-9])?$' and local_part !~ '^ticket-[0-9]'",
    ),
  ],
);

/** By whom it came to us. */
export interface MailEnvelope {
  /** Empty for what bounced. */
  sender: string;
  recipients: string[];
  clientAddress: string;
}

/** An attachment that is not on the ticket, and the refusal that says why. */
export interface RefusedFile {
  name: string;
  reason: string;
}

/** What somebody decided on a held mail, for the worker to do. */
export interface MailRelease {
  /** Null for a new ticket. */
  ticketId: string | null;
  /** Whom it speaks for; null for whoever it is from. */
  userId: string | null;
  departmentId: string | null;
}

/** A mail as it came: there before it is answered for, and never gone without a reason. */
export const inboundMails = pgTable(
  "inbound_mails",
  {
    ...identity,
    /** Of the mail as it came: sent again, it is the same one. */
    sha256: text("sha256").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    storageKey: text("storage_key").notNull(),
    envelope: object<MailEnvelope>("envelope").notNull(),
    state: text("state").$type<InboundMailState>().notNull().default("received"),
    /** Why it is held or was ignored. */
    reason: text("reason"),
    /** Not before then: the next attempt, or while a worker is at it. */
    dueAt: instant("due_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    receivedAt: instant("received_at").notNull(),
    takenAt: instant("taken_at"),
    fromAddress: text("from_address"),
    fromName: text("from_name"),
    subject: text("subject"),
    messageId: text("message_id"),
    /** All that it says, with what it quotes. */
    body: text("body"),
    /** Whom it speaks for. */
    userId: uuid("user_id"),
    /** Whether an address or reference of ours proves that. */
    isProven: boolean("is_proven").notNull().default(false),
    ticketId: uuid("ticket_id"),
    commentId: uuid("comment_id"),
    /** `{files}`: attachments that are not on the ticket. */
    refused: object<{ files: RefusedFile[] }>("refused").notNull().default({ files: [] }),
    release: object<MailRelease>("release"),
    decidedById: uuid("decided_by_id"),
    decidedAt: instant("decided_at"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    identityKey("inbound_mails_pkey", t),
    ownerReference("inbound_mails_organization_fk", t, organizations),
    reference("inbound_mails_user_fk", t, t.userId, users),
    reference("inbound_mails_ticket_fk", t, t.ticketId, tickets),
    reference("inbound_mails_comment_fk", t, t.commentId, ticketComments),
    reference("inbound_mails_decided_by_fk", t, t.decidedById, users),
    unique("inbound_mails_sha256_key").on(t.organizationId, t.sha256),
    // What workers look for, over all organizations: few at any time.
    index("inbound_mails_due_index").on(t.dueAt).where(sql.raw("state = 'received'")),
    index("inbound_mails_received_index").on(t.organizationId, t.receivedAt, t.id),
    index("inbound_mails_held_index")
      .on(t.organizationId, t.receivedAt, t.id)
      .where(sql.raw("state = 'held'")),
    // Whose bytes are still there, for retention.
    index("inbound_mails_kept_index")
      .on(t.organizationId, t.receivedAt, t.id)
      .where(sql.raw("storage_key <> '' and state not in ('received', 'held')")),
    index("inbound_mails_ticket_index").on(t.organizationId, t.ticketId),
    index("inbound_mails_comment_index").on(t.organizationId, t.commentId),
    // How much a sender sent lately.
    index("inbound_mails_from_index").on(t.organizationId, t.fromAddress, t.receivedAt),
    // Whether a mail has been taken by another way.
    index("inbound_mails_message_index").on(t.organizationId, t.messageId),
    isHash("inbound_mails_sha256_check", "sha256"),
    oneOf("inbound_mails_state_check", "state", inboundMailStates),
    isObject("inbound_mails_objects_check", "envelope", "refused"),
    rule("inbound_mails_release_check", "release is null or jsonb_typeof(release) = 'object'"),
    rule("inbound_mails_sizes_check", "size_bytes >= 0 and attempts >= 0"),
    rule("inbound_mails_reason_check", "state not in ('held', 'ignored') or reason is not null"),
    rule("inbound_mails_opened_check", "state <> 'opened' or ticket_id is not null"),
    rule("inbound_mails_replied_check", "state <> 'replied' or comment_id is not null"),
    rule(
      "inbound_mails_texts_check",
      `length(subject) <= ${textLimits.title} and length(from_name) <= ${textLimits.name}
       and length(body) <= ${textLimits.body} and length(from_address) <= ${textLimits.email} and length(message_id) <= 998`,
    ),
  ],
);
