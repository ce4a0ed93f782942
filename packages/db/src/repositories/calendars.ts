import { sql } from "drizzle-orm";
import type { BusinessCalendar, DayInterval, Instant } from "@helpdesk/domain";
import { recordset } from "../sql.ts";
import { command, query } from "../statement.ts";

export interface HolidayRow {
  date: string;
  name: string;
  /** Closed all day where null. */
  hours: DayInterval[] | null;
}

export interface CalendarRow {
  id: string;
  name: string;
  timeZone: string;
  hours: BusinessCalendar["hours"];
  holidays: HolidayRow[];
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(
  `c.id, c.name, c.time_zone as "timeZone", c.hours, c.version, c.updated_at as "updatedAt"`,
);

/** The calendars by name, or the one of an id. */
export const listCalendars = query<{ id: string | null }, CalendarRow>(
  (p) => sql`
    select ${columns},
      coalesce((select jsonb_agg(jsonb_build_object('date', h.date, 'name', h.name, 'hours', h.hours -> 'intervals')
          order by h.date)
        from calendar_holidays h where h.organization_id = ${p.organizationId} and h.calendar_id = c.id), '[]') as holidays
    from business_calendars c
    where c.organization_id = ${p.organizationId} and (${p.id}::uuid is null or c.id = ${p.id}::uuid)
    order by c.name`,
);

/** A calendar that is about to be changed. */
export const lockCalendar = command<{ id: string }, { version: number; updatedAt: Instant }>(
  (p) => sql`
    select version, updated_at as "updatedAt" from business_calendars
    where organization_id = ${p.organizationId} and id = ${p.id} for update`,
);

export interface CalendarValues {
  id: string;
  name: string;
  timeZone: string;
  /** A JSON object. */
  hours: string;
  at: Instant;
}

export const insertCalendar = command<CalendarValues, { id: string }>(
  (p) => sql`
    insert into business_calendars (organization_id, id, name, time_zone, hours, version, created_at, updated_at)
    values (${p.organizationId}, ${p.id}, ${p.name}, ${p.timeZone}, (${p.hours}::text)::jsonb, 1, ${p.at}, ${p.at})
    returning id`,
);

export const updateCalendar = command<CalendarValues, { id: string }>(
  (p) => sql`
    update business_calendars set name = ${p.name}, time_zone = ${p.timeZone}, hours = (${p.hours}::text)::jsonb,
      version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id}
    returning id`,
);

/** A calendar whose dates have changed. */
export const touchCalendar = command<{ id: string; at: Instant }, never>(
  (p) => sql`
    update business_calendars set version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id}`,
);

/** Takes away the dates that a calendar has. */
export const deleteHolidays = command<{ calendarId: string }, never>(
  (p) => sql`
    delete from calendar_holidays where organization_id = ${p.organizationId} and calendar_id = ${p.calendarId}`,
);

/** `holidays` is a JSON array with an id for each. */
export const insertHolidays = command<{ calendarId: string; holidays: string }, never>(
  (p) => sql`
    insert into calendar_holidays (organization_id, id, calendar_id, date, name, hours)
    select ${p.organizationId}::uuid, r.id, ${p.calendarId}::uuid, r.date, r.name,
      case when jsonb_typeof(r.hours) = 'array' then jsonb_build_object('intervals', r.hours) end
    from ${recordset(p.holidays, "id uuid, date date, name text, hours jsonb")}`,
);
