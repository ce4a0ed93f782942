import { plusSeconds } from "../instant.ts";
import { type Decision, decide } from "./decision.ts";
import { moveTo } from "./set-status.ts";
import type { Situation } from "./situation.ts";

const DAY_SECONDS = 86_400;

/** Closes what has been resolved for so many days; anything else stays as it is, as where no way leads to closed. */
export function closeResolved(situation: Situation, input: { afterDays: number }): Decision {
  const { ticket, desk, at } = situation;
  const from = desk.statuses.byId(ticket.statusId);
  const to = desk.statuses.firstAllowedIn(from, "closed");
  const isLong =
    from.category === "resolved" &&
    ticket.merge === null &&
    ticket.resolvedAt !== null &&
    plusSeconds(ticket.resolvedAt, input.afterDays * DAY_SECONDS) <= at;
  return decide(situation, isLong && to ? [moveTo(ticket, from, to, at)] : []);
}
