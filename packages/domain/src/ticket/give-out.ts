import { type Instant, later, toEpochMs, toInstant } from "../instant.ts";
import type { AssignmentStrategy } from "../values.ts";
import { type Candidate, canWork, isEligible, reassign } from "./assign.ts";
import { type Decision, decide } from "./decision.ts";
import type { Situation } from "./situation.ts";

/** One of a department's people, as choosing among them looks at them. */
export interface TeamMember extends Candidate {
  isAvailable: boolean;
  /** The open tickets they have, waiting ones too, of any department. */
  openTickets: number;
  /** With so many they are given no more; null for any number. */
  capacity: number | null;
  /** When the department last gave them one by itself. */
  lastAssignedAt: Instant | null;
}

/** Who is there, below their capacity and may work on tickets. */
export const isFree = (member: TeamMember): boolean =>
  canWork(member) && member.isAvailable && (member.capacity === null || member.openTickets < member.capacity);

/** Who is next by the strategy, of those who are there and below their capacity; null where nobody is. */
export function chooseAssignee<Member extends TeamMember>(
  members: readonly Member[],
  strategy: AssignmentStrategy,
): Member | null {
  if (strategy === "manual") return null;
  const free = members.filter(isFree);
  const [next = null] = free.toSorted(
    (a, b) =>
      (strategy === "least_loaded" ? a.openTickets - b.openTickets : 0) ||
      compare(a.lastAssignedAt ?? "", b.lastAssignedAt ?? "") ||
      compare(a.id, b.id),
  );
  return next;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const strategyNames: Record<AssignmentStrategy, string> = {
  manual: "By hand",
  round_robin: "Round robin",
  least_loaded: "Least loaded",
};

/**
 * Gives a ticket of the department's queue to the next who can be given it, and not to `lastHolderId`, from whom it was
 * just taken by hand; where nobody can be given it, it stays.
 */
export function giveOut(
  situation: Situation,
  input: { members: readonly TeamMember[]; strategy: AssignmentStrategy; lastHolderId?: string | null },
): Decision {
  const { ticket } = situation;
  const { members, strategy, lastHolderId } = input;
  if (ticket.assigneeId !== null || ticket.resolvedAt !== null) return decide(situation, []);
  const next = chooseAssignee(
    members.filter((member) => member.id !== lastHolderId && isEligible(member, ticket)),
    strategy,
  );
  if (!next) return decide(situation, []);
  const { change, ...happening } = reassign(null, { id: next.id, label: next.name });
  const reason = { from: null, to: { id: strategy, label: strategyNames[strategy] } };
  return decide(situation, [{ ...happening, change: { ...change, strategy: reason } }]);
}

/**
 * The team once one of it was given a ticket. Their turn is later than everybody's, though the instants of requests
 * are not in the order in which they are served.
 */
export function afterTurn(members: readonly TeamMember[], memberId: string, at: Instant): TeamMember[] {
  const latest = members.reduce((last, { lastAssignedAt }) => later(last, lastAssignedAt ?? ""), "");
  const lastAssignedAt = latest < at ? at : toInstant(toEpochMs(latest) + 1);
  return members.map((member) =>
    member.id === memberId ? { ...member, lastAssignedAt, openTickets: member.openTickets + 1 } : member,
  );
}
