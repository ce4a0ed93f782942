import { expectVersion } from "../refusal.ts";
import type { Priority } from "../values.ts";
import { type Decision, decide } from "./decision.ts";
import { type Situation, expectNotClosed } from "./situation.ts";

/** Setting the priority it has changes nothing. @throws RefusalError `ticket.closed`, `version.conflict`. */
export function setPriority(situation: Situation, input: { priority: Priority; version: number }): Decision {
  const { ticket } = situation;
  expectVersion(ticket, input.version);
  expectNotClosed(situation);
  if (ticket.priority === input.priority) return decide(situation, []);
  return decide(situation, [
    {
      kind: "priority_changed",
      patch: { priority: input.priority },
      change: {
        priority: {
          from: { id: ticket.priority, label: ticket.priority },
          to: { id: input.priority, label: input.priority },
        },
      },
    },
  ]);
}
