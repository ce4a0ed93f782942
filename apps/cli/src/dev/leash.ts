import { isMainThread } from "node:worker_threads";

// Loaded into API and worker before their own code: when the one that started them is gone,
// however it went, their standard input ends, and they stop as if asked to.
// It is loaded into their threads too, which end with them.
if (isMainThread) {
  process.stdin.on("end", () => process.kill(process.pid, "SIGTERM")).on("error", () => {});
  process.stdin.resume();
  (process.stdin as typeof process.stdin & { unref(): void }).unref();
}
