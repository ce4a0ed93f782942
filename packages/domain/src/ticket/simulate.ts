import type { Instant } from "../instant.ts";
import type { SlaMetric } from "../values.ts";
import type { Desk } from "./desk.ts";
import { type FoldedTicket, foldClocks, type PastEvent } from "./fold-clocks.ts";

export interface PastTicket extends FoldedTicket {
  id: string;
  events: readonly PastEvent[];
}

/** A promise that would have been broken. */
export interface SimulatedBreach {
  ticketId: string;
  metric: SlaMetric;
  ordinal: number;
  policyId: string;
  dueAt: Instant;
  breachedAt: Instant;
}

/** The breaches that past tickets would have had in [from, to) under the rules of a desk, in the order they came. */
export function simulate(
  desk: Desk,
  tickets: readonly PastTicket[],
  { from, to }: { from: Instant; to: Instant },
): SimulatedBreach[] {
  return tickets
    .flatMap((ticket) =>
      foldClocks(desk, ticket, { events: ticket.events }, to).cycles.flatMap(
        ({ metric, ordinal, policyId, dueAt, breachedAt }) =>
          breachedAt !== null && breachedAt >= from && breachedAt < to
            ? [{ ticketId: ticket.id, metric, ordinal, policyId, dueAt: dueAt ?? breachedAt, breachedAt }]
            : [],
      ),
    )
    .toSorted((a, b) => (a.breachedAt < b.breachedAt ? -1 : a.breachedAt > b.breachedAt ? 1 : 0));
}
