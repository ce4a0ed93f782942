import { findNextDue, noOrganization, read } from "@helpdesk/db";
import { toEpochMs } from "@helpdesk/domain";
import { repeat } from "../worker/repeat.ts";
import { type Watching, tellDue } from "./tell-due.ts";

/** A clock started meanwhile is seen within this time, and so is one whose ticket somebody was at. */
const LOOK_EVERY_MS = 1_000;
const AT_LEAST_MS = 20;

/**
 * Tells breaches and warnings at their instant until the function it returns is called: it sleeps until the next
 * clock of the database is due, but never for long. The rows alone say what is due, so a worker that dies leaves
 * nothing undone for the others.
 */
export function watch(watching: Watching): () => Promise<void> {
  const { sql, runtime, log } = watching;
  const look = async () => {
    if ((await tellDue(watching)) > 0) return 0;
    const { at = null } = (await findNextDue.first(read(sql, noOrganization))) ?? {};
    if (at === null) return LOOK_EVERY_MS;
    // Due is over only after its instant.
    const untilOver = toEpochMs(at) + 1 - toEpochMs(runtime.now());
    return Math.max(AT_LEAST_MS, Math.min(untilOver, LOOK_EVERY_MS));
  };
  return repeat(look, log, "clocks");
}
