import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Usage } from "./probe.ts";

const READY_WITHIN_MS = 30_000;
const STOPPED_WITHIN_MS = 10_000;

export interface ServerProcess extends AsyncDisposable {
  url: string;
  /** From spawning it to its first answer that it is ready. */
  readyMs: number;
  usage(): Promise<{ cpuMs: number; rssBytes: number }>;
}

export interface ServerOrder {
  entry: URL;
  env: Record<string, string>;
  nodeFlags?: string[];
  /** Where it listens; a free one where it is left out. */
  port?: number;
  interruption: AbortSignal;
}

/** Starts a server as a process of its own, so that the CPU it uses is its own. It stops when disposed of or when we die. */
export async function startServer({
  entry,
  env,
  nodeFlags = [],
  port: given,
  interruption,
}: ServerOrder): Promise<ServerProcess> {
  const port = given ?? (await freePort());
  const startedAt = performance.now();
  const child = fork(fileURLToPath(entry), {
    // Detached: a Ctrl-C in the terminal comes to us alone, and we stop everything in order.
    detached: true,
    execArgv: [...nodeFlags, "--import", new URL("probe.ts", import.meta.url).href],
    env: {
      PATH: process.env["PATH"],
      HOST: "127.0.0.1",
      PORT: String(port),
      LOG_LEVEL: "error",
      NODE_ENV: "test",
      // A bench is one caller that calls as often as it can: counted, never refused.
      LIMIT_READS_PER_MINUTE: "1000000",
      LIMIT_WRITES_PER_MINUTE: "1000000",
      LIMIT_COSTLY_PER_MINUTE: "1000000",
      LIMIT_PUBLIC_PER_MINUTE: "1000000",
      ...env,
    },
  });
  const exit = once(child, "exit");
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOPPED_WITHIN_MS);
    await exit;
    clearTimeout(timer);
  };
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  try {
    while (!(await isReady())) {
      interruption.throwIfAborted();
      if (child.exitCode !== null) throw new Error(`${entry.pathname} ended while starting.`);
      if (performance.now() - startedAt > READY_WITHIN_MS)
        throw new Error(`${entry.pathname} does not get ready.`);
      await sleep(5);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    readyMs: performance.now() - startedAt,
    async usage() {
      const answer = once(child, "message");
      child.send("usage");
      const [{ cpu, rssBytes }] = (await answer) as [Usage];
      return { cpuMs: (cpu.user + cpu.system) / 1000, rssBytes };
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
