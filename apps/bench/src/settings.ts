/** How long, how often and how hard. */
export interface Settings {
  rounds: number;
  /** Of each load within a round. */
  seconds: number;
  /** Connections, each with one call at a time. */
  concurrency: number;
  /** Which of the measured calls are made. */
  calls: string[];
  /** Where the API writes a CPU profile. */
  profileDir: string | undefined;
  interruption: AbortSignal;
}
