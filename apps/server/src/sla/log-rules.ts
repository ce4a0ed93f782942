import { type Unit, holdRules, logRules as write } from "@helpdesk/db";
import type { Context } from "../context.ts";

/**
 * Remembers what policies, calendars and departments' calendars are after an edit, in its transaction: clocks that were
 * counted by them are explained and folded by what they were.
 */
export async function logRules({ now }: Context, unit: Unit, ids: readonly string[]): Promise<void> {
  await holdRules(unit);
  await write(unit, { ids: `{${ids.join(",")}}`, at: now });
}
