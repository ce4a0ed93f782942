import type { Instant } from "../instant.ts";
import type { DeskCalendar } from "../sla/clocks.ts";
import { isOpen, recordBreach, remainingSeconds, type SlaCycle } from "../sla/cycle.ts";
import { periodOf, recalculateCycle } from "../sla/period.ts";
import { escalationAt, nextStepSeconds } from "../sla/escalation.ts";
import { type SlaPolicy, standingOf } from "../sla/policy.ts";
import { warnBeforeSecondsOf, warningAt } from "../sla/warning.ts";
import { calendarOf } from "./clocks.ts";
import { type Decision, decide } from "./decision.ts";
import type { SlaRules } from "./desk.ts";
import type { Situation } from "./situation.ts";

/**
 * Brings a ticket's running clocks to the rules of now, after an edit of them: by an edited calendar they are counted
 * again, an edited policy holds from now on. What is closed stays, and so does every breach. Any other decision on the
 * ticket does the same before it does its own.
 */
export const recountClocks = (situation: Situation): Decision => decide(situation, []);

/**
 * The cycles, of which the open ones are counted by the rules of now. Where the edit changed when a clock stands, the
 * cycle keeps its policy's version: another one goes on from here.
 */
export const recounted = ({
  cycles,
  categories,
  desk,
  at,
}: Pick<Situation, "cycles" | "categories" | "at"> & { desk: SlaRules }): SlaCycle[] =>
  cycles.map((cycle) => {
    const policy = desk.policies.find(({ id }) => id === cycle.policyId);
    if (!isOpen(cycle) || !policy) return cycle;
    const { metric, startedAt } = cycle;
    const calendar = calendarOf(desk, cycle.calendarId);
    const stamped = policy.version === cycle.policyVersion ? cycle : stamp(cycle, policy, calendar, at);
    if (calendar.version === cycle.calendarVersion) return stamped;
    const period = periodOf(cycles, metric, startedAt, stamped, categories);
    return recalculateCycle(stamped, { at, calendar, calendarVersion: calendar.version, period });
  });

/** The same promise by a new version of its policy, with that one's warning and those of its steps that are still to come. */
function stamp(cycle: SlaCycle, policy: SlaPolicy, calendar: DeskCalendar, at: Instant): SlaCycle {
  const warnBeforeSeconds = warnBeforeSecondsOf(policy.warnings, cycle.metric);
  const behind = stepsBehind(cycle, calendar, at);
  const escalateAfterSeconds = nextStepSeconds(policy.escalations, cycle.metric, behind);
  const { runningSince, warnedAt } = cycle;
  const isSame = standingOf(policy, cycle.metric).standsWaiting === cycle.standsWaiting;
  const policyVersion = isSame ? policy.version : cycle.policyVersion;
  const stamped = { ...cycle, policyVersion, warnBeforeSeconds, escalateAfterSeconds };
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
