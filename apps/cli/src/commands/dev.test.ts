import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { createTestDatabase } from "@helpdesk/testing";
import { expect, test, vi } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

type Dev = AsyncDisposable & { process: ChildProcessByStdio<null, Readable, Readable>; output: () => string };

function start(env: Record<string, string>): Dev {
  const child = spawn(process.execPath, [main, "dev"], {
    env: { PATH: process.env["PATH"], PORT: "0", WORKER_PORT: "0", LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  }
  const dispose = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "close");
  };
  return { process: child, output: () => text, [Symbol.asyncDispose]: dispose };
}

async function endOf({ process: child, output }: Dev): Promise<{ code: number | null; output: string }> {
  if (child.exitCode === null) await once(child, "close");
  return { code: child.exitCode, output: output() };
}

/** Processes that have this text in their environment: what a start left behind, whoever adopted it. */
function carrying(mark: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** The process of one entry point of the server among those. */
const running = (entry: string, mark: string): number | undefined =>
  carrying(mark).find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, "utf8").endsWith(`/server/src/${entry}\0`),
  );

async function untilReady(dev: Dev): Promise<string> {
  await expect.poll(() => dev.process.exitCode !== null || dev.output().includes("Demo accounts")).toBe(true);
  const address = /API +(http:\S+)\/trpc/.exec(dev.output())?.[1];
  if (!address) throw new Error(dev.output());
  return address;
}

test.runIf(process.platform === "linux")(
  "everything starts, answers, and is gone after an interrupt",
  async () => {
    await using database = await createTestDatabase();
    await using dev = start({ DATABASE_URL: database.url });
    const address = await untilReady(dev);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect(dev.output()).toMatch(/demo +\S+@\S+ +\S+ +super_admin/);
    expect(carrying(database.name).length).toBeGreaterThan(1);
    dev.process.kill("SIGINT");
    expect((await endOf(dev)).code).toBe(0);
    expect(carrying(database.name)).toEqual([]);
    await expect(fetch(address)).rejects.toThrow("fetch failed");
  },
);

test("what the API works out in a thread of its own it works out under dev too: the advice on a seeded session", async () => {
  await using database = await createTestDatabase();
  await using dev = start({ DATABASE_URL: database.url });
  const address = await untilReady(dev);
  const call = async <T>(path: string, input: unknown, token?: string): Promise<T> => {
    const isSignIn = path === "auth.signIn";
    const query = isSignIn ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    const response = await fetch(`${address}/trpc/${path}${query}`, {
      method: isSignIn ? "POST" : "GET",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      ...(isSignIn && { body: JSON.stringify(input) }),
    });
    return ((await response.json()) as { result: { data: T } }).result.data;
  };
  const account = { organization: "demo", email: "ben@lumen.example", password: "Demo-pass-2026!" };
  const { accessToken } = await call<{ accessToken: string }>("auth.signIn", account);
  const { items } = await call<{ items: { id: string }[] }>("sessions.list", { state: "ended" }, accessToken);
  const input = { sessionId: items[0]!.id };
  expect(await call("sessions.feedback", input, accessToken)).toMatchObject({ isCoached: true });
});

test.runIf(process.platform === "linux")(
  "an interrupt while starting ends what was started so far",
  async () => {
    await using database = await createTestDatabase();
    await using dev = start({ DATABASE_URL: database.url });
    await expect.poll(() => dev.output()).toContain("API …");
    dev.process.kill("SIGINT");
    expect((await endOf(dev)).code).toBe(0);
    await expect.poll(() => carrying(database.name)).toEqual([]);
    expect(dev.output()).not.toContain("HelpDesk Pro runs");
  },
);

test.runIf(process.platform === "linux")(
  "API and worker end with a start that is killed outright",
  async () => {
    await using database = await createTestDatabase();
    await using dev = start({ DATABASE_URL: database.url });
    await untilReady(dev);
    dev.process.kill("SIGKILL");
    await expect.poll(() => carrying(database.name)).toEqual([]);
  },
);

test.runIf(process.platform === "linux")(
  "an API that is killed is started again, and one that is killed again at once ends it all",
  async () => {
    await using database = await createTestDatabase();
    await using dev = start({ DATABASE_URL: database.url });
    const address = await untilReady(dev);
    const another = (than: number) =>
      vi.waitUntil(() => {
        const pid = running("main.ts", database.name);
        return pid !== than && pid;
      });
    const first = await another(0);
    process.kill(first, "SIGKILL");
    const second = await another(first);
    const answer = () =>
      fetch(`${address}/health/ready`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(answer).toBe(200);
    expect(dev.output()).toContain("The api ended by itself (SIGKILL): it is started again.\n");

    process.kill(second, "SIGKILL");
    // On a machine so slow that the second one counts as settled, the third does not.
    const third = await Promise.race([another(second), endOf(dev)]);
    if (typeof third === "number") process.kill(third, "SIGKILL");
    const { code, output } = await endOf(dev);
    expect(code).toBe(1);
    expect(output).toContain("The api ended by itself (SIGKILL) right after it was started again.\n");
    expect(carrying(database.name)).toEqual([]);
  },
);

test("a taken port is one sentence and a failure", async () => {
  const occupant = createServer();
  await new Promise<void>((done) => occupant.listen(0, "127.0.0.1", done));
  const { port } = occupant.address() as { port: number };
  const { code, output } = await endOf(start({ DATABASE_URL: "postgres://unused/x", PORT: String(port) }));
  occupant.close();
  expect(code).toBe(1);
  expect(output).toBe(
    `Port ${port} on 127.0.0.1 is taken: stop what listens there or set PORT to another port.\n`,
  );
});

test("an unreachable database is one sentence without its password", async () => {
  const { code, output } = await endOf(start({ DATABASE_URL: "postgres://desk:secret@127.0.0.1:1/desk" }));
  expect(code).toBe(1);
  expect(output).toContain(
    "The database 127.0.0.1:1/desk of DATABASE_URL cannot be used: nothing listens there.",
  );
  expect(output).not.toContain("secret");
  expect(output).not.toContain("    at ");
});

test("a wrong setting is named before anything starts", async () => {
  const { code, output } = await endOf(start({ DATABASE_URL: "mysql://x", PORT: "seven" }));
  expect(code).toBe(1);
  expect(output).toContain("DATABASE_URL");
  expect(output).toContain("PORT");
  expect(output).not.toContain("    at ");
});
