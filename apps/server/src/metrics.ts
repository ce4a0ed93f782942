import { Counter, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const calls = new Histogram({
  name: "helpdesk_procedure_seconds",
  help: "Time a procedure took",
  labelNames: ["path", "type"],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [registry],
});

// Counted by path and outcome, and told when somebody asks: prom-client writes all labels into a text for each count.
const counted = new Map<string, Map<string, number>>();

new Counter({
  name: "helpdesk_procedure_outcomes_total",
  help: "Calls by outcome: ok, a refusal's code, or a defect",
  labelNames: ["path", "outcome"],
  registers: [registry],
  collect() {
    for (const [path, counts] of counted)
      for (const [outcome, count] of counts) this.inc({ path, outcome }, count);
    counted.clear();
  },
});

/** Starts timing a call; the function it returns ends it with the outcome. */
export function observeCall(path: string, type: string): (outcome: string) => void {
  const stop = calls.startTimer({ path, type });
  return (outcome) => {
    stop();
    const counts = counted.getOrInsertComputed(path, () => new Map());
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  };
}
