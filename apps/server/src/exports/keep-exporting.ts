import { repeat } from "../worker/repeat.ts";
import { claim } from "./claim.ts";
import { type Exporting, WorkerStops, run } from "./run.ts";

const LOOK_EVERY_MS = 1_000;

/**
 * Writes exports that were asked for, one at a time, and takes away files that are over, until the function it returns
 * is called. The rows alone say what is to be done, so a worker that dies leaves nothing undone for the others.
 */
export function keepExporting(exporting: Exporting): () => Promise<void> {
  const stopping = new AbortController();
  let underWay: Promise<void> | null = null;
  const look = async () => {
    const claimed = await claim(exporting, underWay === null);
    if (claimed)
      underWay = run(exporting, claimed, stopping.signal)
        .catch((error: unknown) => exporting.log.error({ err: error }, "exports"))
        .finally(() => (underWay = null));
    return LOOK_EVERY_MS;
  };
  const stop = repeat(look, exporting.log, "exports");
  return async () => {
    stopping.abort(new WorkerStops());
    await stop();
    await underWay;
  };
}
