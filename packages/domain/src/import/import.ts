import { refuse } from "../refusal.ts";
import type { ImportState } from "../values.ts";

/** How often a worker begins on an import that does not move before it is given up. */
export const importAttempts = 20;

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
