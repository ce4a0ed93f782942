import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { createTestDatabase } from "@helpdesk/testing";
import { expect, test, vi } from "vitest";

const entry = fileURLToPath(new URL("../worker.ts", import.meta.url));

function start(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [entry], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** A port nobody listens on. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}

test("a worker says when it is ready and what it lacks, and stops when asked to", async () => {
  await using database = await createTestDatabase();
  const port = await freePort();
  const worker = start({ DATABASE_URL: database.url, WORKER_PORT: String(port) });
  const log = text(worker.stdout!);
  const problems = text(worker.stderr!);
  try {
    const answer = () =>
      fetch(`http://127.0.0.1:${port}/health/ready`).then(
        (response) => response.json(),
        () => null,
      );
    expect(await vi.waitUntil(answer)).toEqual({ status: "ready" });
    expect(await (await fetch(`http://127.0.0.1:${port}/health/live`)).json()).toEqual({ status: "live" });
  } finally {
    worker.kill("SIGTERM");
  }
  const [code] = (await once(worker, "exit")) as [number];
  expect({ code, problems: await problems }).toEqual({ code: 0, problems: "" });
  expect((await log).split("SMTP_URL is not set")).toHaveLength(2);
});

test.each([
  ["a wrong setting", { WORKER_PORT: "many" }, "WORKER_PORT"],
  [
    "an unreachable database",
    { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" },
    "cannot be used: nothing listens there.",
  ],
])("%s ends it at once with a sentence that names it", async (_, env, sentence) => {
  const worker = start({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", ...env });
  const problems = text(worker.stderr!);
  const [code] = (await once(worker, "exit")) as [number];
  expect(code).toBe(1);
  expect(await problems).toContain(sentence);
  expect(await problems).not.toContain("    at ");
});
