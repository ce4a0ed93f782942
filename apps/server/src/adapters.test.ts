import { createHash } from "node:crypto";
import { type TestServer, accessTokenOf, startServer } from "@helpdesk/testing/server";
import { makeIdsBy } from "@helpdesk/testing/tenant-wall";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type SignedIn, homesOf, rightInputs } from "./homes.fixtures.ts";
import { manifest } from "./manifest.ts";
import type { Runtime } from "./runtime.ts";

// Every procedure through our own adapter and through tRPC's, by two servers with equal databases.

const procedures = manifest();
const types = new Map(procedures.map(({ path, type }) => [path, type]));

/** A clock that stands still between requests, and ids and bytes that are counted: the same ones in both servers. */
function countedRuntime(startMs: number): Runtime & { begin(turn: number): void } {
  let ms = startMs;
  let turn = 0;
  let count = 0;
  const digest = () => createHash("sha512").update(`${turn} ${count++}`).digest();
  return {
    // What works beside the requests draws ids too: each turn counts anew, so that it puts nothing out of step.
    begin(next) {
      turn = next;
      count = 0;
      ms = startMs + next * 100;
    },
    now: () => new Date(ms).toISOString() as ReturnType<Runtime["now"]>,
    monotonicMs: () => ms,
    newId: () => {
      const hex = digest().toString("hex");
      const at = ms.toString(16).padStart(12, "0");
      return `${at.slice(0, 8)}-${at.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
    },
    randomBytes: (size) =>
      Buffer.concat(Array.from({ length: Math.ceil(size / 64) }, digest)).subarray(0, size),
  };
}

interface Side {
  server: TestServer;
  runtime: ReturnType<typeof countedRuntime>;
  home: SignedIn;
  customer: string;
}

const startMs = Date.now();

async function side(adapter: "lean" | "official"): Promise<Side> {
  const runtime = countedRuntime(startMs);
  makeIdsBy(runtime.newId);
  const server = await startServer({
    runtime,
    app: { adapter },
    env: { AUTH_SECRET: "x".repeat(64), ACCESS_TOKEN_SECONDS: "3600" },
  });
  const { lumen } = await homesOf(server);
  return { server, runtime, home: lumen, customer: await accessTokenOf(server.url, "nora") };
}

let lean: Side;
let official: Side;
let turn = 0;

beforeAll(async () => {
  // Inputs that are made past the servers stand in the same instant, too.
  vi.useFakeTimers({ toFake: ["Date"], now: startMs });
  lean = await side("lean");
  official = await side("official");
});

afterAll(async () => {
  vi.useRealTimers();
  await lean.server[Symbol.asyncDispose]();
  await official.server[Symbol.asyncDispose]();
});

interface Asked {
  path: string;
  method: "GET" | "POST";
  /** The JSON of the input, or something that is none. */
  text: string | undefined;
  isBatch?: boolean;
  accessToken: string | null;
}

async function ask({ server }: Side, { path, method, text, isBatch = false, accessToken }: Asked) {
  const search = new URLSearchParams({
    ...(isBatch ? { batch: "1" } : {}),
    ...(method === "GET" && text !== undefined ? { input: text } : {}),
  });
  const response = await fetch(`${server.url}/trpc/${path}?${search.toString()}`, {
    method,
    headers: {
      ...(method === "POST" ? { "content-type": "application/json" } : {}),
      ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    ...(method === "POST" ? { body: text ?? "" } : {}),
  });
  const headers = Object.fromEntries(response.headers);
  const framing = headers["content-length"] === undefined ? "in pieces" : "at once";
  for (const name of ["date", "content-length", "transfer-encoding"]) delete headers[name];
  return { framing, status: response.status, headers, text: await response.text() };
}

/** Asks both, each by inputs of its own that have come out the same. */
async function compare(askOf: (side: Side) => Asked | Promise<Asked>) {
  turn++;
  const [{ framing: ours, ...answer }, { framing: theirs, ...expected }] = [
    await asked(lean, askOf),
    await asked(official, askOf),
  ];
  expect(answer).toEqual(expected);
  expect([ours, theirs]).toEqual(["at once", "in pieces"]);
  return answer;
}

async function asked(side: Side, askOf: (side: Side) => Asked | Promise<Asked>) {
  side.runtime.begin(turn);
  makeIdsBy(side.runtime.newId);
  const request = await askOf(side);
  return { path: request.path, ...(await ask(side, request)) };
}

const methodOf = (path: string) => (types.get(path) === "query" ? "GET" : "POST");
const plain = procedures.filter(({ type }) => type !== "subscription").map(({ path }) => path);

test("there are procedures, and right inputs", () => {
  expect(plain.length).toBeGreaterThan(100);
  expect(Object.keys(rightInputs).length).toBeGreaterThan(50);
});

type Who = "super admin" | "customer" | "nobody";

/** Sessions that a call may end are made for it alone. */
const accessTokenIn = async ({ server, home, customer }: Side, who: Who, path: string) => {
  if (who === "nobody") return null;
  if (path.startsWith("auth.signOut"))
    return accessTokenOf(server.url, who === "customer" ? "nora" : "sofia");
  return who === "customer" ? customer : home.accessToken;
};

async function compareAll(paths: readonly string[]): Promise<number> {
  let went = 0;
  for (const path of paths) {
    const method = methodOf(path);
    const wrong = [undefined, "{}", '{"no such":1}', "[]", "{"].map((text) => ["super admin", text] as const);
    for (const [who, text] of [...wrong, ["customer", "{}"] as const, ["nobody", undefined] as const])
      await compare(async (side) => ({
        path,
        method,
        text,
        accessToken: await accessTokenIn(side, who, path),
      }));
    const right = rightInputs[path];
    if (right === undefined) continue;
    const { status } = await compare(async (side) => ({
      path,
      method,
      text: JSON.stringify(await right(side.home)),
      accessToken: await accessTokenIn(side, "super admin", path),
    }));
    if (status === 200) went++;
  }
  return went;
}

test("batches of queries, of which some are refused: answered alike", async () => {
  const queries = plain.filter((path) => types.get(path) === "query");
  for (let from = 0; from < queries.length; from += 20) {
    const paths = queries.slice(from, from + 20);
    const { status } = await compare(async ({ home }) => {
      const inputs: object[] = [];
      for (const path of paths) inputs.push((await rightInputs[path]?.(home)) ?? {});
      return {
        path: paths.join(","),
        method: "GET",
        text: JSON.stringify(Object.fromEntries(inputs.entries())),
        isBatch: true,
        accessToken: home.accessToken,
      };
    });
    expect([200, 207]).toContain(status);
  }
});

test("batches of mutations that nobody may make, and of one that is made: answered alike", async () => {
  const mutations = plain.filter((path) => types.get(path) === "mutation");
  for (let from = 0; from < mutations.length; from += 20)
    await compare(() => ({
      path: mutations.slice(from, from + 20).join(","),
      method: "POST",
      text: "{}",
      isBatch: true,
      accessToken: null,
    }));
  const { status } = await compare(({ home }) => ({
    path: "tickets.open,tickets.reply",
    method: "POST",
    text: JSON.stringify({ 0: { title: "One", description: "" }, 1: {} }),
    isBatch: true,
    accessToken: home.accessToken,
  }));
  expect(status).toBe(207);
});

test("inputs that are right, wrong and no JSON, by the super admin, a customer and nobody: answered alike", async () => {
  // Whoever signs out everywhere ends the sessions of all the others.
  const isLast = (path: string) => path.startsWith("auth.signOut");
  const went = await compareAll([...plain.filter((path) => !isLast(path)), ...plain.filter(isLast)]);
  // The others are subscriptions, or want what an earlier call has used up.
  expect(went).toBeGreaterThan(0.9 * Object.keys(rightInputs).length);
});
