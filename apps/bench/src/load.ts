import { quantile } from "./spread.ts";
import type { ServerProcess } from "./server-process.ts";
import type { Settings } from "./settings.ts";

/** What one load did to a server and to us. */
export interface Load {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** CPU of the server's process for each call. */
  serverCpuMicros: number;
  /** CPU of this process, which sends the calls. */
  callerCpuMicros: number;
}

/** Calls for some seconds, from as many callers as `callers`, each waiting for its answer before it calls again. */
export async function load(
  server: ServerProcess,
  callers: readonly (() => Promise<unknown>)[],
  { seconds, interruption }: Pick<Settings, "seconds" | "interruption">,
): Promise<Load> {
  const tookMs: number[] = [];
  const before = (await server.usage()).cpuMs;
  const ownBefore = process.cpuUsage();
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const keepCalling = async (call: () => Promise<unknown>) => {
    for (let calledAt = performance.now(); calledAt < endsAt;) {
      interruption.throwIfAborted();
      await call();
      const answeredAt = performance.now();
      tookMs.push(answeredAt - calledAt);
      calledAt = answeredAt;
    }
  };
  await Promise.all(callers.map(keepCalling));
  const lastedMs = performance.now() - startedAt;
  const own = process.cpuUsage(ownBefore);
  const cpuMs = (await server.usage()).cpuMs - before;
  const sorted = Float64Array.from(tookMs).sort();
  return {
    perSecond: (sorted.length / lastedMs) * 1000,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    serverCpuMicros: (cpuMs * 1000) / sorted.length,
    callerCpuMicros: (own.user + own.system) / sorted.length,
  };
}
