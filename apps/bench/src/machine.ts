import { availableParallelism, cpus, loadavg } from "node:os";

/** What ran it and what else was running. */
export const describeMachine = (): string =>
  `Machine: ${availableParallelism()} cores (${cpus()[0]?.model ?? "unknown"}), ${process.platform}, Node ${process.version}, ${describeLoad()}`;

export const describeLoad = (): string => `load average ${loadavg()[0]!.toFixed(2)}`;
