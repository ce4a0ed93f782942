/** How long, how often and how hard. */
export interface Settings {
  rounds: number;
  /** Of each load within a round. */
  seconds: number;
  /** Connections, each with one call at a time. */
  concurrency: number;
  /** Of the bench of realtime. */
  streams: number;
  events: number;
  /** Which of the measured calls are made. */
  calls: string[];
  /** Whom they are made to, beside the bare route. */
  targets: string[];
  /** Where each server writes a CPU profile of its whole life. */
  profileDir: string | undefined;
  interruption: AbortSignal;
}
