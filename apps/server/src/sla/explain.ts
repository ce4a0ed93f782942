import { findPastTicket, listCalendarVersions } from "@helpdesk/db";
import {
  type Desk,
  type DeskCalendar,
  type PolicyReason,
  type SlaCycle,
  type SlaMetric,
  choosePolicy,
  expectVisible,
  explain as explainClock,
  foldClocks,
  readyCalendar,
  seesNotes,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { ExplanationView } from "./view.ts";

/**
 * Why a ticket's clock stands where it stands: its cycles with the spans that sum to them, each by the calendar as it
 * was in the version that the cycle names. @throws RefusalError `ticket.not_found`.
 */
export async function explain(
  { actor, desk, now, read }: Context,
  { ticketId, metric }: { ticketId: string; metric: SlaMetric },
): Promise<ExplanationView> {
  const ticket = expectVisible(actor, await findPastTicket.first(read, { ticketId }));
  const { categories, facts } = foldClocks(desk, ticket, ticket, now);
  const choice = facts && choosePolicy(desk.policies, facts);
  const isForStaff = seesNotes(actor, ticket);
  const cycles = ticket.cycles.filter((cycle) => cycle.metric === metric);
  const explanations = explainClock(metric, cycles, {
    calendarOf: await calendarsOf(read, desk, cycles),
    history: categories,
    at: now,
  });
  return {
    metric,
    policy: choice && { id: choice.policy.id, ...reasonFor(isForStaff, choice.reason) },
    cycles: explanations.map(({ cycle, ...counted }) => ({
      ...cycle,
      ...counted,
      reason: reasonFor(isForStaff, cycle.reason),
      remainingSeconds: cycle.targetSeconds - counted.elapsedSeconds,
    })),
  };
}

/** The calendars that cycles were counted by, in the versions they name. */
async function calendarsOf(
  read: Context["read"],
  desk: Desk,
  cycles: readonly SlaCycle[],
): Promise<(id: string, version: number) => DeskCalendar> {
  const keyOf = (id: string, version: number) => `${id} ${version}`;
  const known = new Map([...desk.calendars.values()].map((each) => [keyOf(each.id, each.version), each]));
  const wanted = cycles
    .map(({ calendarId: id, calendarVersion: version }) => ({ id, version }))
    .filter(({ id, version }) => !known.has(keyOf(id, version)));
  if (wanted.length > 0) {
    for (const { calendar } of await listCalendarVersions(read, { wanted: JSON.stringify(wanted) }))
      known.set(keyOf(calendar.id, calendar.version), readyCalendar(calendar));
  }
  return (id, version) => known.get(keyOf(id, version))!;
}

/** Tags are for those who see notes. */
function reasonFor(isForStaff: boolean, { position, matched }: PolicyReason): PolicyReason {
  const { tagId: _hidden, ...open } = matched;
  return { position, matched: isForStaff ? matched : open };
}
