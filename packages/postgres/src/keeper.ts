// Runs PostgreSQL as its child and stops it as soon as its own standard input ends, which it does
// when the process that started us stops us or dies, however it dies (SIGKILL included).
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import type { KeeperOrder } from "./embedded.ts";

const { program, args, account, disposable, dataDir } = JSON.parse(process.argv[2] ?? "{}") as KeeperOrder;
const GRACE_MS = 10_000;

const server = spawn(program, args, {
  ...account,
  stdio: ["ignore", "ignore", "inherit"],
  env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
});

server.on("error", (error) => {
  process.stderr.write(`FATAL:  ${error.message}\n`);
  process.exit(1);
});
server.on("exit", (code) => {
  if (disposable) rmSync(dataDir, { recursive: true, force: true });
  process.exit(code ?? 1);
});

function stop() {
  // SIGINT is PostgreSQL's fast shutdown; SIGQUIT, without a checkpoint, is enough for data nobody keeps.
  server.kill(disposable ? "SIGQUIT" : "SIGINT");
  setTimeout(() => server.kill("SIGKILL"), GRACE_MS).unref();
}

process.stdin.on("end", stop).on("error", stop).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
// Nobody may be left to read our log once the starter has died.
process.stderr.on("error", () => {});
