import { lockCalendar, touchCalendar } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { writeHolidays } from "./holidays.ts";
import { HOLIDAY_LIMIT, type importHolidaysInput } from "./input.ts";
import { hoursBefore, officialHolidays } from "./official-holidays.ts";
import { calendarRowOf, expectUsable } from "./reach.ts";
import { requestRecount } from "./request-recount.ts";
import { type ImportedHolidays, toCalendar } from "./view.ts";

/**
 * Adds a country's public holidays to a calendar; dates it has already stay as they are. One that begins after
 * midnight leaves the hours before it. @throws RefusalError as `sla.calendars.importHolidays` declares.
 */
export async function importHolidays(
  ctx: Context,
  { calendarId, version, country, region, years }: z.output<typeof importHolidaysInput>,
): Promise<ImportedHolidays> {
  const official = await officialHolidays(country, region, years);
  return ctx.transact(async (unit) => {
    const before =
      (await lockCalendar.first(unit, { id: calendarId })) ?? refuse({ code: "calendar.not_found" });
    expectVersion(before, version);
    const { holidays, hours } = await calendarRowOf(unit, calendarId);
    const known = new Set(holidays.map(({ date }) => date));
    const added = official
      .filter(({ date }) => !known.has(date))
      .map((holiday) => ({ date: holiday.date, name: holiday.name, hours: hoursBefore(holiday, hours) }));
    if (added.length === 0) return { calendar: toCalendar(await calendarRowOf(unit, calendarId)), added };
    if (holidays.length + added.length > HOLIDAY_LIMIT)
      refuse({ code: "calendar.full", limit: HOLIDAY_LIMIT });
    await writeHolidays(ctx, unit, calendarId, added);
    await touchCalendar(unit, { id: calendarId, at: ctx.now });
    const row = await calendarRowOf(unit, calendarId);
    await expectUsable(unit, row, ctx.now);
    await requestRecount(ctx, unit, [calendarId]);
    return { calendar: toCalendar(row), added };
  });
}
