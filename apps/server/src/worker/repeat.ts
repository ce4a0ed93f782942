import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";

/** After a look that failed. */
const FAILED_MS = 1_000;

/** Looks again and again, each time after as many milliseconds as the last look said, until the function it returns is called. */
export function repeat(look: () => Promise<number>, log: Logger, what: string): () => Promise<void> {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const pauseMs = await look().catch((error: unknown) => {
        log.error({ err: error }, what);
        return FAILED_MS;
      });
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
