import { expectVersion } from "../refusal.ts";
import { isDone } from "../sla/index.ts";
import { type Decision, type Happening, decide } from "./decision.ts";
import { expectFilled, neededToResolve } from "./fields.ts";
import { type Situation, expectNotClosed, labelOf } from "./situation.ts";
import type { Status } from "./status.ts";
import type { Ticket } from "./ticket.ts";

/**
 * What a move does to the ticket: resolving and closing are instants, reopening takes them back. Resolving ends the
 * wait for a next response.
 */
export function moveTo(ticket: Ticket, from: Status, to: Status, at: string): Happening {
  return {
    kind: "status_changed",
    patch: {
      statusId: to.id,
      resolvedAt: to.isResolved ? (ticket.resolvedAt ?? at) : null,
      closedAt: to.category === "closed" ? at : null,
      ...(isDone(to.category) && { firstUnansweredAt: null }),
    },
    change: { status: { from: labelOf(from), to: labelOf(to) } },
  };
}

/** @throws RefusalError `ticket.closed`, `version.conflict`, `status.unknown`, `transition.not_allowed`, `field.required`. */
export function setStatus(situation: Situation, input: { status: string; version: number }): Decision {
  const { ticket, desk, at } = situation;
  const to = desk.statuses.byKey(input.status);
  expectVersion(ticket, input.version);
  const from = expectNotClosed(situation);
  desk.statuses.expectTransition(from, to);
  if (to.isResolved && !from.isResolved) expectFilled(neededToResolve(desk.fields), ticket.fields);
  return decide(situation, [moveTo(ticket, from, to, at)]);
}
