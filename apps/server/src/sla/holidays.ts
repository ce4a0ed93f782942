import { type Unit, insertHolidays } from "@helpdesk/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { createCalendarInput } from "./input.ts";

export async function writeHolidays(
  { newId }: Context,
  unit: Unit,
  calendarId: string,
  holidays: z.output<typeof createCalendarInput>["holidays"],
): Promise<void> {
  if (holidays.length === 0) return;
  const rows = holidays.map((holiday) => ({ ...holiday, id: newId() }));
  await insertHolidays(unit, { calendarId, holidays: JSON.stringify(rows) });
}
