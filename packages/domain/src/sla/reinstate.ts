import type { Instant } from "../instant.ts";
import type { SlaCycle } from "./cycle.ts";

/**
 * Takes a cancellation back: the clock goes on as if it had run all the time. What fell due meanwhile is broken at
 * `at`: until then nobody was held to it.
 */
function reinstateCycle(cycle: SlaCycle, at: Instant): SlaCycle {
  const { state, dueAt, breachedAt, closedAt } = cycle;
  if (state !== "cancelled") return cycle;
  // Only what was paused is due at no instant.
  if (dueAt === null) return { ...cycle, state: "paused", closedAt: null };
  return {
    ...cycle,
    state: "running",
    runningSince: closedAt,
    closedAt: null,
    breachedAt: breachedAt ?? (dueAt < at ? at : null),
  };
}

/** The same for the last cycle of each of the metrics, where what it promised still holds: else it stays cancelled. */
export const reinstate = (
  cycles: readonly SlaCycle[],
  metrics: readonly SlaCycle["metric"][],
  at: Instant,
  isPromised: (cycle: SlaCycle) => boolean = () => true,
): SlaCycle[] =>
  cycles.map((cycle) => {
    const isLast = cycles.every(({ metric, ordinal }) => metric !== cycle.metric || ordinal <= cycle.ordinal);
    return isLast && metrics.includes(cycle.metric) && isPromised(cycle) ? reinstateCycle(cycle, at) : cycle;
  });
