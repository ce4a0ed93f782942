import { once } from "node:events";
import { Agent, get, request } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { demoAccounts } from "@helpdesk/db";
import { createTestDatabase, type TestDatabase } from "@helpdesk/testing";
import { accessTokenOf, call, withoutLimits } from "@helpdesk/testing/server";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildApp } from "./app.ts";
import { readEnv } from "./env.ts";
import { openResources } from "./resources.ts";

let database: TestDatabase;
let proxy: Proxy;
let resources: Awaited<ReturnType<typeof openResources>>;
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  database = await createTestDatabase({ template: "seeded" });
  proxy = await startProxy(new URL(database.url));
  const databaseUrl = new URL(database.url);
  databaseUrl.host = `127.0.0.1:${proxy.port}`;
  const env = readEnv({
    DATABASE_URL: databaseUrl.href,
    NODE_ENV: "test",
    LOG_LEVEL: "silent",
    ...withoutLimits,
  });
  resources = await openResources(env, "closing");
  ({ app, url } = await listen());
});

afterAll(async () => {
  await app.close();
  await resources.close();
  await proxy.stop();
  await database[Symbol.asyncDispose]();
});

async function listen(): Promise<{ app: FastifyInstance; url: string }> {
  const opened = await buildApp(resources);
  await opened.listen({ host: "127.0.0.1", port: 0 });
  return { app: opened, url: `http://127.0.0.1:${(opened.server.address() as AddressInfo).port}` };
}

interface Proxy {
  port: number;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Stands before the database, so that it can be gone and come back. */
async function startProxy(target: URL): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;
  const start = async () => {
    server = createServer((near) => {
      const far = connect(Number(target.port || 5432), target.hostname);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from);
        from.on("error", () => to.destroy());
        from.on("close", () => to.destroy());
        from.pipe(to);
      }
    }).listen(port, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  };
  const stop = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await closed;
  };
  await start();
  return { port, start, stop };
}

const statusOf = async (path: string) => (await fetch(url + path)).status;

test("a process without its database is alive and not ready, tells callers to try again, and is ready again by itself", async () => {
  const accessToken = await accessTokenOf(url, "nora");
  const list = () => call(url, { path: "tickets.list", type: "query", input: {}, accessToken });
  const open = () =>
    call(url, {
      path: "tickets.open",
      type: "mutation",
      input: { title: "A", description: "" },
      accessToken,
    });
  expect([await statusOf("/health/live"), await statusOf("/health/ready")]).toEqual([200, 200]);
  expect((await list()).outcome).toBe("ok");

  await proxy.stop();
  expect([await statusOf("/health/live"), await statusOf("/health/ready")]).toEqual([200, 503]);
  for (const answer of [await list(), await open()]) {
    expect(answer).toMatchObject({ outcome: "service.unavailable", status: 503 });
    expect(answer.text).not.toMatch(/ECONN|127\.0\.0\.1|CONNECTION/);
  }
  const response = await fetch(`${url}/trpc/tickets.list?input=%7B%7D`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  expect(response.headers.get("retry-after")).toBe("1");

  await proxy.start();
  while ((await statusOf("/health/ready")) !== 200) await sleep(50);
  expect((await list()).outcome).toBe("ok");
  expect((await open()).outcome).toBe("ok");
});

test("what a process is asked is counted by procedure and outcome", async () => {
  await call(url, { path: "auth.me", type: "query" });
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toMatch(/helpdesk_procedure_seconds_bucket\{le="0.005",path="auth\.me",type="query"\} \d/);
  expect(text).toMatch(/helpdesk_procedure_outcomes_total\{path="auth\.me",outcome="auth\.required"\} \d/);
  expect(text).toMatch(
    /helpdesk_procedure_outcomes_total\{path="tickets\.list",outcome="service\.unavailable"\} \d/,
  );
  expect(text).toContain("nodejs_eventloop_lag_seconds");
});

const nora = demoAccounts.find(({ email }) => email.startsWith("nora@"))!;
const body = JSON.stringify({ organization: nora.organization, email: nora.email, password: nora.password });

/** A sign-in on a connection that is kept: it takes long enough to be in flight when the process closes. */
function signIn(
  at: string,
  agent: Agent,
): Promise<{ status: number; connection: string | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request(`${at}/trpc/auth.signIn`, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.on("data", (data) => (text += String(data)));
      response.on("end", () =>
        resolve({ status: response.statusCode!, connection: response.headers.connection, text }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

test("a process that closes answers what is in flight, lets go of kept connections and takes nothing new", async () => {
  const closing = await listen();
  const agent = new Agent({ keepAlive: true, maxSockets: 24 });
  try {
    const idle = Array.from({ length: 24 }, async () => {
      const [response] = await once(get(`${closing.url}/health/live`, { agent }), "response");
      response.resume();
      await once(response, "end");
    });
    await Promise.all(idle);

    let answered = 0;
    const inFlight = Array.from({ length: 20 }, () => signIn(closing.url, agent).finally(() => answered++));
    while (answered === 0) await sleep(1);
    expect(answered).toBeLessThan(20);
    const start = performance.now();
    await closing.app.close();
    expect(performance.now() - start).toBeLessThan(10_000);

    const answers = await Promise.all(inFlight);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.filter(({ text }) => !text.includes("accessToken"))).toEqual([]);
    expect(answers.at(-1)!.connection).toBe("close");
    await expect(fetch(`${closing.url}/health/live`)).rejects.toThrow("fetch failed");
  } finally {
    agent.destroy();
    await closing.app.close();
  }
  expect(await statusOf("/health/ready")).toBe(200);
});
