import { expectVersion } from "../refusal.ts";
import type { Priority } from "../values.ts";
import { type Decision, type Happening, decide } from "./decision.ts";
import { type Situation, expectNotClosed } from "./situation.ts";
import type { Ticket } from "./ticket.ts";

/** Setting the priority it has changes nothing. @throws RefusalError `ticket.closed`, `version.conflict`. */
export function setPriority(situation: Situation, input: { priority: Priority; version: number }): Decision {
  const { ticket } = situation;
  expectVersion(ticket, input.version);
  expectNotClosed(situation);
  if (ticket.priority === input.priority) return decide(situation, []);
  return decide(situation, [prioritized(ticket, input.priority)]);
}

export const prioritized = (ticket: Ticket, priority: Priority): Happening => ({
  kind: "priority_changed",
  patch: { priority },
  change: {
    priority: {
      from: { id: ticket.priority, label: ticket.priority },
      to: { id: priority, label: priority },
    },
  },
});
