import type { Actor } from "../identity/actor.ts";
import type { Instant } from "../instant.ts";
import { refuse } from "../refusal.ts";
import type { CategoryChange, SlaCycle } from "../sla/index.ts";
import { canSee } from "./access.ts";
import type { Desk } from "./desk.ts";
import type { Status } from "./status.ts";
import type { Ticket } from "./ticket.ts";

/** All that a decision on an existing ticket looks at. */
export interface Situation {
  ticket: Ticket;
  cycles: readonly SlaCycle[];
  /** The categories the ticket has had, from its creation on. */
  categories: readonly CategoryChange[];
  desk: Desk;
  actor: Actor;
  /** The instant of the decision; never before the ticket's last event, so that its events do not go back in time. */
  at: Instant;
}

/** @throws RefusalError `ticket.merged`, with the ticket that goes on where the actor may see it. */
export function expectNotMerged({ ticket, actor }: Pick<Situation, "ticket" | "actor">): void {
  if (ticket.merge === null) return;
  const { into } = ticket.merge;
  const { id, number } = into;
  refuse({ code: "ticket.merged", into: canSee(actor, into) ? { id, number } : null });
}

/** @throws RefusalError `ticket.merged`, `ticket.closed`: closed is final. */
export function expectNotClosed(situation: Pick<Situation, "ticket" | "desk" | "actor">): Status {
  expectNotMerged(situation);
  const { ticket, desk } = situation;
  const status = desk.statuses.byId(ticket.statusId);
  return status.category === "closed" ? refuse({ code: "ticket.closed" }) : status;
}

export const labelOf = ({ key, name }: Status) => ({ id: key, label: name });
