import { listTicketsOpenIn } from "@helpdesk/db";
import { type Desk, compileCalendar, refuse, simulate as replay } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { businessHoursOf, type simulateInput } from "./input.ts";
import type { Simulation } from "./view.ts";

/** Tickets that one simulation takes at most. */
const TICKETS = 1_000;

/** The breaches that past tickets would have had under other rules, beside those under the rules of now. @throws RefusalError `calendar.not_found`. */
export async function simulate(
  { desk, read }: Context,
  input: z.output<typeof simulateInput>,
): Promise<Simulation> {
  const { from, to } = input;
  const proposed = propose(desk, input);
  const rows = await listTicketsOpenIn(read, { from, to, limit: TICKETS + 1 });
  const tickets = rows.slice(0, TICKETS);
  return {
    ticketCount: tickets.length,
    isComplete: rows.length <= TICKETS,
    breaches: replay(proposed, tickets, { from, to }),
    breachesNow: replay(desk, tickets, { from, to }),
  };
}

function propose(desk: Desk, { policies, calendars }: z.output<typeof simulateInput>): Desk {
  const known = new Map(desk.calendars);
  for (const { calendarId, ...hours } of calendars) {
    const calendar = known.get(calendarId) ?? refuse({ code: "calendar.not_found" });
    known.set(calendarId, { ...calendar, ...compileCalendar(businessHoursOf(hours)) });
  }
  const drafted = policies?.map(({ policyId, ...terms }, position) => {
    if (!known.has(terms.calendarId)) refuse({ code: "calendar.not_found" });
    return { ...terms, id: policyId ?? String(position), version: 1, position };
  });
  return { ...desk, calendars: known, policies: drafted ?? desk.policies };
}
