import { boolean, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { mailSenderRules, textLimits, type MailSenderRule } from "@helpdesk/domain";
import { instant, isText, oneOf, rule } from "./columns.ts";

/** A global table: what a sign-in names, and the owner of everything else. */
export const organizations = pgTable(
  "organizations",
  {
    id: uuid("id").notNull().primaryKey(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    timeZone: text("time_zone").notNull(),
    locale: text("locale").notNull().default("en"),
    /** Resolved tickets close by themselves after so many days; null is never. */
    autoCloseAfterDays: integer("auto_close_after_days").default(7),
    /** After so long a customer is asked how a resolution was; null is never. */
    surveyDelaySeconds: integer("survey_delay_seconds"),
    /** Who may open tickets by mail. */
    mailSenders: text("mail_senders").$type<MailSenderRule>().notNull().default("everybody"),
    /** Whether whoever opens a ticket by mail is told so by mail. */
    acknowledgesMail: boolean("acknowledges_mail").notNull().default(true),
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    unique("organizations_slug_key").on(t.slug),
    rule("organizations_slug_check", "slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'"),
    isText("organizations_name_check", "name", textLimits.name),
    oneOf("organizations_mail_senders_check", "mail_senders", mailSenderRules),
    rule("organizations_auto_close_check", "auto_close_after_days > 0"),
    rule("organizations_survey_delay_check", "survey_delay_seconds >= 0"),
  ],
);
