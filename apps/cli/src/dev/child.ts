import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import { ROOT } from "../project.ts";
import { printLines } from "./log-lines.ts";

const READY_MS = 60_000;
const GRACE_MS = 10_000;
/** Whoever ends sooner after being started would do so again. */
const SETTLED_MS = 10_000;

export type Child = {
  /** Waits until the URL answers 200, or one of `smtp:` takes connections; throws Failure when the process ends before or takes a minute. From then on one that ends by itself is started again. */
  ready(url: string): Promise<void>;
  restart(): void;
  stop(): Promise<void>;
  /** A sentence, once it has ended by itself again right after it was started again. */
  lost: Promise<string>;
};

/** Why a process was started: by us, after a change of its sources, or after it had ended by itself. */
type Cause = "start" | "change" | "end";

/** One entry point of the server as a process of its own, its lines printed under its name. */
export function startChild(name: string, entry: string, env: NodeJS.ProcessEnv): Child {
  const lost = Promise.withResolvers<string>();
  let isWatched = false;
  let stopping = false;
  let ending: ChildProcess | undefined;
  let current = launch("start");
  let queue = Promise.resolve();

  function launch(cause: Cause): ChildProcess {
    const leash = fileURLToPath(new URL("leash.ts", import.meta.url));
    // Detached: a Ctrl-C in the terminal comes to us alone, and we stop everything in order.
    const child = spawn(process.execPath, ["--import", leash, entry], {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    });
    printLines(name, child.stdout);
    printLines(name, child.stderr);
    child.stdin.on("error", () => {});
    const startedAt = performance.now();
    child.once("exit", (code, signal) => {
      if (!isWatched || stopping || child === ending) return;
      const isSettled = performance.now() - startedAt > SETTLED_MS;
      afterEnd(isSettled ? "start" : cause, `The ${name} ended by itself (${signal ?? `exit code ${code}`})`);
    });
    return child;
  }

  function afterEnd(cause: Cause, what: string): void {
    if (cause === "end") return lost.resolve(`${what} right after it was started again.`);
    if (cause === "change") return console.log(`${what}: it starts anew at the next change.`);
    console.log(`${what}: it is started again.`);
    queue = queue.then(() => {
      if (!stopping && hasEnded(current)) current = launch("end");
    });
  }

  return {
    lost: lost.promise,
    async ready(url) {
      const deadline = performance.now() + READY_MS;
      while (performance.now() < deadline) {
        if (hasEnded(current))
          throw new Failure(`The ${name} ended while starting; its last lines above say why.`);
        if (await answers(url)) return void (isWatched = true);
        await sleep(100);
      }
      throw new Failure(`The ${name} does not answer ${url} within ${READY_MS / 1000} s.`);
    },
    restart() {
      queue = queue.then(async () => {
        await end((ending = current));
        if (!stopping) current = launch("change");
      });
    },
    async stop() {
      stopping = true;
      await queue;
      await end(current);
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== "smtp:") return (await fetch(url).catch(() => undefined))?.ok ?? false;
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, "data");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  await exit;
  clearTimeout(timer);
}
