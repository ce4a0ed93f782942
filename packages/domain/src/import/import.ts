import { refuse } from "../refusal.ts";
import type { ImportState } from "../values.ts";

/** How often a worker begins on an import that does not move before it is given up. */
export const importAttempts = 20;

const RETRY_SECONDS = 5;

/** How long after a failed attempt the next one begins: some minutes without the file store are got over. */
export const importRetrySeconds = (attempts: number): number => attempts * RETRY_SECONDS;

/** @throws RefusalError `import.ended`. */
export function expectUnended({ state }: { state: ImportState }): void {
  if (state !== "queued" && state !== "running") refuse({ code: "import.ended", state });
}

/** Only what a dry run has shown is started by it. @throws RefusalError `import.not_startable`. */
export function expectStartable({
  state,
  isDryRun,
  fileId,
}: {
  state: ImportState;
  isDryRun: boolean;
  fileId: string | null;
}): string {
  if (!isDryRun || state !== "done" || fileId === null) return refuse({ code: "import.not_startable" });
  return fileId;
}
