import { sql } from "drizzle-orm";
import { boolean, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import {
  notificationChannels,
  notificationKinds,
  type NotificationChannel,
  type NotificationKind,
} from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isObject,
  object,
  oneOf,
  reference,
  tenant,
  transactionId,
} from "./columns.ts";
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
    oneOf("notifications_kind_check", "kind", notificationKinds),
    isObject("notifications_data_check", "data"),
  ],
);

/** A departure from the default, which is: told of everything. */
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
