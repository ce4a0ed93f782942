import { listCalendars as readCalendars } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { type CalendarView, toCalendar } from "./view.ts";

/** By name. */
export const listCalendars = async ({ read }: Context): Promise<CalendarView[]> =>
  (await readCalendars(read, { id: null })).map(toCalendar);
