import type { Instant } from "../instant.ts";
import type { DeskCalendar } from "../sla/clocks.ts";
import { isOpen, recordBreach, remainingSeconds, type SlaCycle } from "../sla/cycle.ts";
import { periodOf, recalculateCycle } from "../sla/period.ts";
import { escalationAt, nextStepSeconds } from "../sla/escalation.ts";
import type { SlaPolicy } from "../sla/policy.ts";
import { warnBeforeSecondsOf, warningAt } from "../sla/warning.ts";
import { calendarOf } from "./clocks.ts";
import { type Decision, decide, ofClock } from "./decision.ts";
import type { Situation } from "./situation.ts";

/**
 * Brings a ticket's running clocks to the rules of now, after an edit of them: by an edited calendar they are counted
 * again, an edited policy holds from now on. What is closed stays, and so does every breach.
 */
export function recountClocks(situation: Situation): Decision {
  const { cycles } = situation;
  const counted = recounted(situation);
  const broken = counted.filter(
    (cycle, index) => cycle.breachedAt !== null && cycles[index]!.breachedAt === null,
  );
  const decision = decide(
    { ...situation, cycles: counted },
    broken.map((cycle) => ofClock("sla_breached", cycle)),
  );
  return { ...decision, changedCycles: decision.cycles.filter((cycle) => !cycles.includes(cycle)) };
}

/** The cycles, of which the open ones are counted by the rules of now. */
export const recounted = ({ cycles, categories, desk, at }: Situation): SlaCycle[] =>
  cycles.map((cycle) => {
    const policy = desk.policies.find(({ id }) => id === cycle.policyId);
    if (!isOpen(cycle) || !policy) return cycle;
    const { metric, startedAt } = cycle;
    const calendar = calendarOf(desk, cycle.calendarId);
    const stamped = policy.version === cycle.policyVersion ? cycle : stamp(cycle, policy, calendar, at);
    if (calendar.version === cycle.calendarVersion) return stamped;
    const period = periodOf(cycles, metric, startedAt, policy, categories);
    return recalculateCycle(stamped, { at, calendar, calendarVersion: calendar.version, period });
  });

/** The same promise by a new version of its policy, with that one's warning and those of its steps that are still to come. */
function stamp(cycle: SlaCycle, policy: SlaPolicy, calendar: DeskCalendar, at: Instant): SlaCycle {
  const warnBeforeSeconds = warnBeforeSecondsOf(policy.warnings, cycle.metric);
  const behind = stepsBehind(cycle, calendar, at);
  const escalateAfterSeconds = nextStepSeconds(policy.escalations, cycle.metric, behind);
  const { runningSince, warnedAt } = cycle;
  const stamped = { ...cycle, policyVersion: policy.version, warnBeforeSeconds, escalateAfterSeconds };
  if (runningSince === null) return stamped;
  return {
    ...stamped,
    warningAt: warnedAt === null ? warningAt(stamped, calendar, runningSince) : stamped.warningAt,
    escalationAt: escalationAt(stamped, calendar, runningSince),
  };
}

/**
 * Up to how far past due a new version's steps are none of the clock's: those were taken, or had passed before it was
 * written. A step that has come and only waits for the next look does not fall behind.
 */
function stepsBehind(cycle: SlaCycle, calendar: DeskCalendar, at: Instant): number | null {
  if (recordBreach(cycle, at).breachedAt === null) return cycle.escalatedAfterSeconds;
  const pastDue = -remainingSeconds(cycle, calendar, at);
  const beforeNext = (cycle.escalateAfterSeconds ?? Infinity) - 1;
  return Math.max(cycle.escalatedAfterSeconds ?? -1, Math.min(pastDue, beforeNext));
}
