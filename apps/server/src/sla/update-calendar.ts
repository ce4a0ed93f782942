import { deleteHolidays, lockCalendar, updateCalendar as write } from "@helpdesk/db";
import { expectVersion, refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { writeHolidays } from "./holidays.ts";
import type { updateCalendarInput } from "./input.ts";
import { calendarRowOf, expectUsable } from "./reach.ts";
import { requestRecount } from "./request-recount.ts";
import { type CalendarView, toCalendar } from "./view.ts";

/** Changes a calendar; running clocks follow within seconds. @throws RefusalError as `sla.calendars.update` declares. */
export const updateCalendar = (
  ctx: Context,
  { calendarId, version, name, timeZone, hours, holidays }: z.output<typeof updateCalendarInput>,
): Promise<CalendarView> =>
  ctx.transact(async (unit) => {
    const before =
      (await lockCalendar.first(unit, { id: calendarId })) ?? refuse({ code: "calendar.not_found" });
    expectVersion(before, version);
    await write(unit, { id: calendarId, name, timeZone, hours: JSON.stringify(hours), at: ctx.now });
    await deleteHolidays(unit, { calendarId });
    await writeHolidays(ctx, unit, calendarId, holidays);
    const row = await calendarRowOf(unit, calendarId);
    await expectUsable(unit, row, ctx.now);
    await requestRecount(ctx, unit, [calendarId]);
    return toCalendar(row);
  });
