import { plusSeconds } from "@helpdesk/domain";
import type { Env } from "../env.ts";
import { repeat } from "../worker/repeat.ts";
import { claim, sweepImportFiles } from "./claim.ts";
import { type Importing, run } from "./run.ts";

const LOOK_EVERY_MS = 1_000;
const SWEEP_EVERY_SECONDS = 3_600;

/**
 * Imports what was asked for, one file at a time, and takes away files that are old, until the function it returns is called. The rows alone say how far
 * each is, so a worker that dies leaves nothing undone for the others.
 */
export function keepImporting(importing: Importing & { env: Env }): () => Promise<void> {
  const stopping = new AbortController();
  let sweepAt = "";
  const look = async () => {
    const claimed = await claim(importing);
    const now = importing.runtime.now();
    if (!claimed && now >= sweepAt) {
      sweepAt = plusSeconds(now, SWEEP_EVERY_SECONDS);
      await sweepImportFiles(importing);
    }
    if (!claimed) return LOOK_EVERY_MS;
    await run(importing, claimed, stopping.signal);
    return 0;
  };
  const stop = repeat(look, importing.log, "imports");
  return async () => {
    stopping.abort();
    await stop();
  };
}
