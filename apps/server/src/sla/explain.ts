import { findPastTicket } from "@helpdesk/db";
import {
  type PolicyReason,
  type SlaMetric,
  choosePolicy,
  expectVisible,
  explain as explainClock,
  foldClocks,
  seesNotes,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { ExplanationView } from "./view.ts";

/** Why a ticket's clock stands where it stands: its cycles with the spans that sum to them. @throws RefusalError `ticket.not_found`. */
export async function explain(
  { actor, desk, now, read }: Context,
  { ticketId, metric }: { ticketId: string; metric: SlaMetric },
): Promise<ExplanationView> {
  const ticket = expectVisible(actor, await findPastTicket.first(read, { ticketId }));
  const { categories, facts } = foldClocks(desk, ticket, ticket.events, now);
  const choice = facts && choosePolicy(desk.policies, facts);
  const explanations = explainClock(metric, ticket.cycles, {
    policyOf: (id) => desk.policies.find((policy) => policy.id === id)!,
    calendarOf: (id) => desk.calendars.get(id)!,
    history: categories,
    at: now,
  });
  return {
    metric,
    policy: choice && { id: choice.policy.id, ...reasonFor(seesNotes(actor, ticket), choice.reason) },
    cycles: explanations.map(({ cycle, ...counted }) => ({
      ...cycle,
      ...counted,
      remainingSeconds: cycle.targetSeconds - counted.elapsedSeconds,
    })),
  };
}

/** Tags are for those who see notes. */
function reasonFor(isForStaff: boolean, { position, matched }: PolicyReason): PolicyReason {
  const { tagId: _tagId, ...open } = matched;
  return { position, matched: isForStaff ? matched : open };
}
