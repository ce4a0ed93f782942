import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts a worker as a process of its own. */
export const startWorker = (databaseUrl: string): ChildProcess =>
  fork(fileURLToPath(new URL("worker.ts", import.meta.resolve("@helpdesk/server"))), {
    // Detached: a Ctrl-C in the terminal comes to us alone, and we stop everything in order.
    detached: true,
    env: {
      PATH: process.env["PATH"],
      DATABASE_URL: databaseUrl,
      WORKER_PORT: "0",
      LOG_LEVEL: "error",
      NODE_ENV: "test",
    },
  });

export async function stopWorker(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exit = once(worker, "exit");
  worker.kill("SIGTERM");
  await exit;
}
