import type { EscalationAction, EscalationStep } from "../sla/escalation.ts";
import type { SlaPolicy } from "../sla/policy.ts";
import type { Candidate } from "./assign.ts";
import type { Decision } from "./decision.ts";
import { ada, adam, after, ben, cleo, cora, desk, mia, minute, policy, system } from "./desk.fixtures.ts";
import type { Desk } from "./desk.ts";
import type { People } from "./escalate.ts";
import { watchClocks } from "./watch-clocks.ts";

export const HOUR = 3_600;
export const everybody: People = new Map(
  [cora, ada, ben, cleo, mia, adam].map((person) => [person.id, person]),
);

export const step = (action: EscalationAction, afterDueSeconds = 0): EscalationStep => ({
  metric: "first_response",
  afterDueSeconds,
  action,
});
export const notify = (...userIds: string[]): EscalationAction => ({ kind: "notify", roles: [], userIds });

/** An hour to a first response, and what follows when it is over. */
export const rules = (
  steps: EscalationStep[],
  change: Partial<SlaPolicy> = {},
  others: SlaPolicy[] = [],
): Desk => ({
  ...desk,
  policies: [
    ...others,
    policy({ id: "p", position: 9, firstResponseTargetSeconds: HOUR, escalations: { steps }, ...change }),
  ],
});

export const look = (
  from: Decision,
  on: Desk,
  at: number,
  people: ReadonlyMap<string, Candidate> | null = everybody,
): Decision => watchClocks(after(from, system, minute(at), on), people);

export const escalated = ({ events }: Decision) =>
  events
    .filter(({ kind }) => kind === "sla_escalated")
    .map(({ changes }) => {
      const { metric: _metric, due: _due, action, ...rest } = changes;
      const said = Object.entries(rest).map(([field, { to }]) => `${field} ${to?.label}`);
      return [action?.to?.id, ...said].join(": ");
    });
