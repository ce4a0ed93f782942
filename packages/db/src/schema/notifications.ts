import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import {
  digestRhythms,
  mailStates,
  mailTemplateKeys,
  notificationChannels,
  notificationKinds,
  type DigestRhythm,
  type MailState,
  type MailTemplateKey,
  type NotificationChannel,
  type NotificationKind,
} from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isObject,
  isText,
  mutable,
  object,
  oneOf,
  ownerReference,
  reference,
  rule,
  tenant,
  transactionId,
} from "./columns.ts";
import { organizations } from "./organizations.ts";
import { tickets } from "./tickets.ts";
import { users } from "./users.ts";

/** What the text is made from when shown: numbers, titles, names. */
export type NotificationData = Record<string, unknown>;

export const notifications = pgTable(
  "notifications",
  {
    ...identity,
    userId: uuid("user_id").notNull(),
    kind: text("kind").$type<NotificationKind>().notNull(),
    ticketId: uuid("ticket_id"),
    actorId: uuid("actor_id"),
    data: object<NotificationData>("data").notNull().default({}),
    createdAt: instant("created_at").notNull(),
    readAt: instant("read_at"),
    /** What became of its mail. Whether there is to be one at all is looked at when it is due. */
    mailState: text("mail_state").$type<MailState>().notNull().default("due"),
    /** Not before then: a digest, another attempt, or while a worker is at it. Null is as soon as may be. */
    mailDueAt: instant("mail_due_at"),
    mailAttempts: integer("mail_attempts").notNull().default(0),
    mailedAt: instant("mailed_at"),
    /** Told with others in one mail, which goes on no ticket's thread. */
    isInDigest: boolean("is_in_digest").notNull().default(false),
    /** Why the last attempt failed. */
    mailProblem: text("mail_problem"),
    transactionId,
  },
  (t) => [
    identityKey("notifications_pkey", t),
    reference("notifications_user_fk", t, t.userId, users, "cascade"),
    reference("notifications_ticket_fk", t, t.ticketId, tickets, "cascade"),
    reference("notifications_actor_fk", t, t.actorId, users),
    index("notifications_user_index").on(t.organizationId, t.userId, t.createdAt, t.id),
    // The bell: unread are few, read ones are many.
    index("notifications_unread_index")
      .on(t.organizationId, t.userId, t.createdAt, t.id)
      .where(sql.raw("read_at is null")),
    index("notifications_ticket_index").on(t.organizationId, t.ticketId),
    // What workers look for, over all organizations: few at any time.
    index("notifications_mail_due_index")
      .on(sql.raw("coalesce(mail_due_at, created_at)"), t.createdAt)
      .where(sql.raw("mail_state = 'due'")),
    index("notifications_mail_problem_index")
      .on(t.organizationId, t.createdAt, t.id)
      .where(sql.raw("mail_problem is not null")),
    // Rows come in the order of their instants: the sweep finds the old ones by next to nothing.
    index("notifications_created_index").using("brin", t.createdAt),
    oneOf("notifications_kind_check", "kind", notificationKinds),
    isObject("notifications_data_check", "data"),
    oneOf("notifications_mail_state_check", "mail_state", mailStates),
    rule("notifications_mailed_check", "(mail_state = 'sent') = (mailed_at is not null)"),
    rule("notifications_mail_attempts_check", "mail_attempts >= 0"),
  ],
);

/** How often a person's mails that can wait come together. Who has no row gets each by itself. */
export const notificationSettings = pgTable(
  "notification_settings",
  {
    ...tenant,
    userId: uuid("user_id").notNull(),
    digest: text("digest").$type<DigestRhythm>().notNull(),
    /** Of the day where they are. */
    digestHour: integer("digest_hour").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "notification_settings_pkey", columns: [t.organizationId, t.userId] }),
    reference("notification_settings_user_fk", t, t.userId, users, "cascade"),
    oneOf("notification_settings_digest_check", "digest", digestRhythms),
    rule("notification_settings_hour_check", "digest_hour between 0 and 23"),
  ],
);

/** What an organization's mails say, where it is not what they say by themselves. */
export const mailTemplates = pgTable(
  "mail_templates",
  {
    ...tenant,
    key: text("key").$type<MailTemplateKey>().notNull(),
    subject: text("subject").notNull(),
    body: text("body").notNull(),
    ...mutable,
  },
  (t) => [
    primaryKey({ name: "mail_templates_pkey", columns: [t.organizationId, t.key] }),
    ownerReference("mail_templates_organization_fk", t, organizations),
    oneOf("mail_templates_key_check", "key", mailTemplateKeys),
    isText("mail_templates_subject_check", "subject", 300),
    isText("mail_templates_body_check", "body", 20_000),
  ],
);

/** A departure from what a kind does by itself on a channel. */
export const notificationPreferences = pgTable(
  "notification_preferences",
  {
    ...tenant,
    userId: uuid("user_id").notNull(),
    kind: text("kind").$type<NotificationKind>().notNull(),
    channel: text("channel").$type<NotificationChannel>().notNull(),
    isEnabled: boolean("is_enabled").notNull(),
  },
  (t) => [
    primaryKey({
      name: "notification_preferences_pkey",
      columns: [t.organizationId, t.userId, t.kind, t.channel],
    }),
    reference("notification_preferences_user_fk", t, t.userId, users, "cascade"),
    oneOf("notification_preferences_kind_check", "kind", notificationKinds),
    oneOf("notification_preferences_channel_check", "channel", notificationChannels),
  ],
);
