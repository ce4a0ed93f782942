import { insertCalendar } from "@helpdesk/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { writeHolidays } from "./holidays.ts";
import type { createCalendarInput } from "./input.ts";
import { logRules } from "./log-rules.ts";
import { calendarRowOf } from "./reach.ts";
import { type CalendarView, toCalendar } from "./view.ts";

/** @throws RefusalError `calendar.name_taken`. */
export const createCalendar = (
  ctx: Context,
  { name, timeZone, hours, holidays }: z.output<typeof createCalendarInput>,
): Promise<CalendarView> =>
  ctx.transact(async (unit) => {
    const id = ctx.newId();
    await insertCalendar(unit, { id, name, timeZone, hours: JSON.stringify(hours), at: ctx.now });
    await writeHolidays(ctx, unit, id, holidays);
    await logRules(ctx, unit, [id]);
    return toCalendar(await calendarRowOf(unit, id));
  });
