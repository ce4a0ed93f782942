import { isOpen, type SlaCycle } from "../sla/cycle.ts";
import { escalationAt, type EscalationStep, nextStepSeconds, stepsBetween } from "../sla/escalation.ts";
import { priorities } from "../values.ts";
import { isOnCustomersSide } from "./access.ts";
import { type Candidate, isAbleToSee, isEligible, reassign } from "./assign.ts";
import { inOne } from "./bundle.ts";
import { calendarOf } from "./clocks.ts";
import { type Decision, type Happening, decide, ofClock } from "./decision.ts";
import { type Desk, managersOf } from "./desk.ts";
import { prioritized } from "./set-priority.ts";
import type { Situation } from "./situation.ts";
import { type Change, type Labelled, type Ticket, together } from "./ticket.ts";

/** People by their id, as far as rules on giving them tickets look at them. */
export type People = ReadonlyMap<string, Candidate>;

/** Whom the steps of all policies may turn to; whoever has the ticket comes beside them. */
export function peopleOfEscalations({ policies, departments }: Desk): string[] {
  const actions = policies.flatMap(({ escalations: { steps = [] } }) => steps.map(({ action }) => action));
  const managers = [...departments.values()].map(({ managerId }) => managerId);
  const named = actions.flatMap((action) => {
    if (action.kind === "notify") return [...action.userIds, ...(action.roles.length > 0 ? managers : [])];
    return action.kind === "reassign" ? (action.userId === null ? managers : [action.userId]) : [];
  });
  return [...new Set(named.filter((id) => id !== null))].toSorted();
}

/** Takes the steps that have come of all running clocks, each once: what they do to the ticket is done in this decision. */
export function escalate(situation: Situation, people: People): Decision {
  const taken = situation.cycles.map((cycle) => takeSteps(cycle, situation));
  return inOne(situation, [
    (s) => decide({ ...s, cycles: taken.map(({ after }) => after) }, []),
    ...taken.flatMap(({ before, steps }) =>
      steps.map((step) => (s: Situation) => decide(s, happeningsOf(step, before, s, people))),
    ),
  ]);
}

interface Taken {
  before: SlaCycle;
  after: SlaCycle;
  steps: EscalationStep[];
}

/** Only what runs and is broken goes on: a clock that is paused or has ended turns to nobody. */
function takeSteps(before: SlaCycle, { desk, at }: Situation): Taken {
  const escalations = desk.policies.find(({ id }) => id === before.policyId)?.escalations ?? {};
  const steps: EscalationStep[] = [];
  let after = before;
  while (hasStep(after) && after.escalationAt <= at) {
    const { metric, escalateAfterSeconds: seconds, runningSince } = after;
    // Not all since the last: what an edit put in behind the clock is none of its steps.
    steps.push(...stepsBetween(escalations, metric, seconds - 1, seconds));
    after = {
      ...after,
      escalatedAfterSeconds: seconds,
      escalateAfterSeconds: nextStepSeconds(escalations, metric, seconds),
    };
    after.escalationAt = escalationAt(after, calendarOf(desk, after.calendarId), runningSince);
  }
  return { before, after, steps };
}

type Stepping = SlaCycle & { escalationAt: string; escalateAfterSeconds: number; runningSince: string };

const hasStep = (cycle: SlaCycle): cycle is Stepping =>
  isOpen(cycle) &&
  cycle.breachedAt !== null &&
  cycle.runningSince !== null &&
  cycle.escalateAfterSeconds !== null &&
  cycle.escalationAt !== null;

const actionNames: Record<EscalationStep["action"]["kind"], string> = {
  notify: "Told",
  reassign: "Reassigned",
  raise_priority: "Priority raised",
};

/** The step as history tells it, and what it does; where it cannot, `problem` says why. */
function happeningsOf(
  { action }: EscalationStep,
  cycle: SlaCycle,
  { ticket, desk }: Situation,
  people: People,
): Happening[] {
  const told = (change: Record<string, Change>): Happening => {
    const { kind, change: clock } = ofClock("sla_escalated", cycle);
    const step = made({ id: action.kind, label: actionNames[action.kind] });
    return { kind, change: { ...clock, action: step, ...change } };
  };
  const cannot = (id: string, label: string) => [told({ problem: made({ id, label }) })];

  switch (action.kind) {
    case "notify": {
      const listening = listeners(action, ticket, desk, people);
      if (listening.length === 0) return cannot("nobody_eligible", "Nobody could be told");
      return [told({ told: made(together(listening)) })];
    }
    case "reassign": {
      const id = action.userId ?? desk.departments.get(ticket.departmentId ?? "")?.managerId;
      const candidate = id == null ? undefined : people.get(id);
      if (!candidate) return cannot("nobody_eligible", "Nobody to give it to");
      if (candidate.id === ticket.assigneeId) return cannot("already_assigned", `${candidate.name} has it`);
      if (!isEligible(candidate, ticket)) return cannot("not_eligible", `${candidate.name} cannot have it`);
      const holder = ticket.assigneeId === null ? null : (people.get(ticket.assigneeId) ?? null);
      const happening = reassign(holder && labelOf(holder), labelOf(candidate));
      return [told(happening.change!), happening];
    }
    case "raise_priority": {
      const place = priorities.indexOf(ticket.priority);
      const priority = action.priority ?? priorities[place + 1] ?? ticket.priority;
      if (priorities.indexOf(priority) <= place) return cannot("already_high", `It is ${ticket.priority}`);
      const happening = prioritized(ticket, priority);
      return [told(happening.change!), happening];
    }
  }
}

const made = (to: Labelled | null): Change => ({ from: null, to });

const labelOf = ({ id, name }: Candidate): Labelled => ({ id, label: name });

function listeners(
  { roles, userIds }: Extract<EscalationStep["action"], { kind: "notify" }>,
  ticket: Ticket,
  desk: Desk,
  people: People,
): Labelled[] {
  const ids = new Set<string | null>(userIds);
  if (roles.includes("assignee")) ids.add(ticket.assigneeId);
  if (roles.includes("manager")) for (const id of managersOf(ticket, desk)) ids.add(id);
  return [...ids]
    .flatMap((id) => (id === null ? [] : (people.get(id) ?? [])))
    .filter((person) => person.isActive && !isOnCustomersSide(person.id, ticket))
    .filter((person) => person.id === ticket.assigneeId || isAbleToSee(person, ticket))
    .map(labelOf);
}
