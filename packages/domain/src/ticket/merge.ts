import type { Instant } from "../instant.ts";
import { expectVersion, refuse } from "../refusal.ts";
import { isOpen } from "../sla/cycle.ts";
import { reinstate } from "../sla/reinstate.ts";
import { inOne } from "./bundle.ts";
import { isPromised } from "./clocks.ts";
import { type Decision, type Happening, decide, ofClock } from "./decision.ts";
import { type Numbered, numbered } from "./link.ts";
import { recounted } from "./recount-clocks.ts";
import { moveTo } from "./set-status.ts";
import { type Situation, expectNotClosed } from "./situation.ts";
import type { Status } from "./status.ts";
import type { Labelled, MergeTarget, Ticket } from "./ticket.ts";

/** A situation of a ticket that people call by its number. */
export type NumberedSituation = Situation & { ticket: Ticket & Numbered };

/** A decision on each of two tickets. */
export interface MergeDecision {
  source: Decision;
  target: Decision;
}

interface Merging {
  source: NumberedSituation;
  target: NumberedSituation;
  /** Of the source. */
  version: number;
}

/**
 * Closes one ticket into another. Nothing moves: comments, history and files stay where they are, and readers of the
 * other find them there. The clocks end, until an undo.
 * @throws RefusalError `version.conflict`, `ticket.closed`, `ticket.merged`: no chain can come back to where it began.
 */
export function merge({ source, target, version }: Merging): MergeDecision {
  expectVersion(source.ticket, version);
  expectNotClosed(source);
  expectNotClosed(target);
  return {
    // What the clocks did until now comes first: the undo gives back those that the merge itself ends.
    source: inOne(source, [(now) => decide(now, [mergedInto(now, target.ticket)])]),
    target: tellTarget(target, "merge_received", null, numbered(source.ticket)),
  };
}

function mergedInto({ ticket, cycles, desk, at }: Situation, target: Ticket & Numbered): Happening {
  const { statuses } = desk;
  const from = statuses.byId(ticket.statusId);
  const to = statuses.firstIn("closed") ?? statuses.firstIn("resolved") ?? from;
  const { patch, change } = movedTo(ticket, from, to, at);
  const openMetrics = cycles.filter(isOpen).map(({ metric }) => metric);
  return {
    kind: "merged_into",
    patch: {
      ...patch,
      merge: { into: targetOf(target), statusId: from.id, openMetrics },
    },
    change: { ...change, merged_into: { from: null, to: numbered(target) } },
  };
}

/** As any move, but who waits for an answer still does after the undo. */
function movedTo(ticket: Ticket, from: Status, to: Status, at: Instant): Pick<Happening, "patch" | "change"> {
  const { patch, change } = moveTo(ticket, from, to, at);
  return { patch: { ...patch, firstUnansweredAt: ticket.firstUnansweredAt }, change };
}

const targetOf = ({
  id,
  number,
  customerId,
  ccIds,
  assigneeId,
  departmentId,
}: Ticket & Numbered): MergeTarget => ({ id, number, customerId, ccIds, assigneeId, departmentId });

/**
 * Takes a merge back: the status and the clocks are as if it had not been. A clock that the rules of now promise no more
 * stays cancelled. What was written on the other ticket meanwhile stays there.
 * @throws RefusalError `version.conflict`, `ticket.not_merged`.
 */
export function unmerge({ source, target, version }: Merging): MergeDecision {
  const { ticket, desk, at } = source;
  const { statuses } = desk;
  expectVersion(ticket, version);
  if (ticket.merge === null) refuse({ code: "ticket.not_merged" });
  const had = statuses.byId(ticket.merge.statusId);
  const { patch, change } = movedTo(ticket, statuses.byId(ticket.statusId), had, at);
  const { openMetrics } = ticket.merge;
  const resumed = reinstate(source.cycles, openMetrics, at, (cycle) => isPromised(desk, ticket, cycle));
  const cycles = recounted({ ...source, cycles: resumed });
  const broken = cycles.filter(
    ({ breachedAt }, index) => breachedAt !== null && source.cycles[index]!.breachedAt === null,
  );
  const happenings: Happening[] = [
    {
      kind: "unmerged",
      patch: { ...patch, merge: null },
      change: { ...change, merged_into: { from: numbered(target.ticket), to: null } },
      cycles,
    },
    ...broken.map((cycle) => ofClock("sla_breached", cycle)),
  ];
  if (!statuses.statuses.includes(had)) {
    // Archived since, it is no place to stay.
    happenings.push(moveTo(ticket, had, statuses.firstIn(had.category) ?? statuses.initial, at));
  }
  return {
    source: decide(source, happenings),
    target: tellTarget(target, "merge_undone", numbered(ticket), null),
  };
}

const tellTarget = (
  situation: Situation,
  kind: "merge_received" | "merge_undone",
  from: Labelled | null,
  to: Labelled | null,
): Decision => decide(situation, [{ kind, change: { merged_from: { from, to } } }]);
