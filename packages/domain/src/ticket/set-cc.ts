import { refuse } from "../refusal.ts";
import type { Candidate } from "./assign.ts";
import { type Decision, decide } from "./decision.ts";
import { type Situation, expectNotMerged } from "./situation.ts";
import { type Labelled, type Ticket, together } from "./ticket.ts";

/** In copy are active customers beside the ticket's own; who works on tickets follows them instead. */
const canBeInCopy = (candidate: Candidate, ticket: Ticket): boolean =>
  candidate.isActive &&
  candidate.permissions.has("ticket.read_own") &&
  !candidate.permissions.has("ticket.note") &&
  candidate.id !== ticket.customerId &&
  candidate.id !== ticket.assigneeId;

const MOST_IN_COPY = 50;

/**
 * Puts exactly these people in copy. Who was so already may stay. It is no change of the ticket's fields, and
 * possible on a closed one.
 * @throws RefusalError `ticket.merged`, `cc.not_eligible`, `cc.too_many`.
 */
export function setCc(
  situation: Situation,
  { before, after }: { before: readonly Labelled[]; after: readonly Candidate[] },
): Decision {
  expectNotMerged(situation);
  const { ticket } = situation;
  const known = new Set(before.map(({ id }) => id));
  const wrong = after.filter((each) => !known.has(each.id) && !canBeInCopy(each, ticket));
  if (wrong.length > 0) refuse({ code: "cc.not_eligible", userIds: wrong.map(({ id }) => id) });
  const ccIds = after.map(({ id }) => id);
  const stays = new Set(ccIds);
  if (stays.size === known.size && stays.isSubsetOf(known)) return decide(situation, []);
  if (stays.size > MOST_IN_COPY) refuse({ code: "cc.too_many", limit: MOST_IN_COPY });
  const to = together(after.map(({ id, name }) => ({ id, label: name })));
  return decide(situation, [
    { kind: "cc_changed", patch: { ccIds }, change: { cc: { from: together(before), to } } },
  ]);
}
