import { refuse } from "../refusal.ts";
import type { ExportState } from "../values.ts";

/** How often an export is begun before it is given up. A worker that was killed counts. */
export const exportAttempts = 10;

const RETRY_SECONDS = 30;

/** How long after a failed attempt the next one begins. */
export const exportRetrySeconds = (attempts: number): number => attempts * RETRY_SECONDS;

/** @throws RefusalError `export.ended` where there is nothing to stop and no file to take away. */
export function expectCancellable({ state }: { state: ExportState }): void {
  if (state !== "queued" && state !== "running" && state !== "ready") refuse({ code: "export.ended", state });
}

/** @throws RefusalError `export.not_ready` where there is no file yet, or any more. */
export function expectReadyExport({ state }: { state: ExportState }): void {
  if (state !== "ready") refuse({ code: "export.not_ready", state });
}
