import { expectVersion, refuse } from "../refusal.ts";
import { type Decision, decide } from "./decision.ts";
import { moveTo } from "./set-status.ts";
import { type Situation, expectNotMerged } from "./situation.ts";
import { worded } from "./ticket.ts";

/**
 * The one way out of closed: back to work where somebody has the ticket, to the beginning where nobody has.
 * @throws RefusalError `version.conflict`, `ticket.merged`, `ticket.not_closed`.
 */
export function reopen(situation: Situation, input: { reason: string; version: number }): Decision {
  const { ticket, desk, at } = situation;
  const { statuses } = desk;
  expectVersion(ticket, input.version);
  expectNotMerged(situation);
  const from = statuses.byId(ticket.statusId);
  if (from.category !== "closed") refuse({ code: "ticket.not_closed" });
  const work = ticket.assigneeId === null ? undefined : statuses.firstIn("in_progress");
  return decide(situation, [
    { kind: "ticket_reopened", change: { reason: { from: null, to: worded(input.reason) } } },
    moveTo(ticket, from, work ?? statuses.initial, at),
  ]);
}
