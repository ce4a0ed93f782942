import { date, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { textLimits, type BusinessCalendar, type DayInterval } from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isObject,
  isText,
  mutable,
  object,
  ownerReference,
  reference,
} from "./columns.ts";
import { organizations } from "./organizations.ts";

export type WeeklyHours = BusinessCalendar["hours"];

/** Working time in an IANA zone. Its version is pinned by every SLA cycle counted with it. */
export const businessCalendars = pgTable(
  "business_calendars",
  {
    ...identity,
    name: text("name").notNull(),
    timeZone: text("time_zone").notNull(),
    hours: object<WeeklyHours>("hours").notNull(),
    archivedAt: instant("archived_at"),
    ...mutable,
  },
  (t) => [
    identityKey("business_calendars_pkey", t),
    ownerReference("business_calendars_organization_fk", t, organizations),
    unique("business_calendars_name_key").on(t.organizationId, t.name),
    isText("business_calendars_name_check", "name", textLimits.name),
    isObject("business_calendars_hours_check", "hours"),
  ],
);

/** A dated exception: closed all day when `hours` is null, else open in the given intervals only. */
export const calendarHolidays = pgTable(
  "calendar_holidays",
  {
    ...identity,
    calendarId: uuid("calendar_id").notNull(),
    date: date("date", { mode: "string" }).notNull(),
    name: text("name").notNull(),
    hours: object<{ intervals: DayInterval[] }>("hours"),
  },
  (t) => [
    identityKey("calendar_holidays_pkey", t),
    reference("calendar_holidays_calendar_fk", t, t.calendarId, businessCalendars, "cascade"),
    // A day has one exception at most, or which one holds would be chance.
    unique("calendar_holidays_date_key").on(t.organizationId, t.calendarId, t.date),
    isText("calendar_holidays_name_check", "name", textLimits.name),
    isObject("calendar_holidays_hours_check", "hours"),
  ],
);
