import { toInstant } from "@helpdesk/domain";
import { accessTokenOf, call, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inProcess } from "../in-process.ts";
import { systemRuntime } from "../runtime.ts";

/** Stands still but for what a test puts it forward. */
let nowMs = Date.parse("2027-01-04T09:00:00.000Z");
const later = (seconds: number) => void (nowMs += seconds * 1000);

let server: TestServer;
const tokens = new Map<string, string>();

beforeAll(async () => {
  server = await startServer({
    runtime: { ...systemRuntime, now: () => toInstant(nowMs) },
    env: {
      LIMIT_READS_PER_MINUTE: "60",
      LIMIT_WRITES_PER_MINUTE: "30",
      LIMIT_COSTLY_PER_MINUTE: "12",
      LIMIT_PUBLIC_PER_MINUTE: "60",
      TRUST_PROXY: "127.0.0.1",
    },
  });
  for (const name of ["nora", "ben", "yuki", "sofia"])
    tokens.set(name, await accessTokenOf(server.url, name));
});

afterAll(() => server[Symbol.asyncDispose]());

const read = (name: string) =>
  call(server.url, { path: "auth.me", type: "query", accessToken: tokens.get(name)! });
const write = (name: string) =>
  call(server.url, { path: "notifications.markAllRead", type: "mutation", accessToken: tokens.get(name)! });
const search = (name: string) =>
  call(server.url, {
    path: "search.tickets",
    type: "query",
    input: { query: "printer" },
    accessToken: tokens.get(name)!,
  });

async function outcomes(
  count: number,
  send: () => Promise<{ outcome: string }>,
): Promise<Record<string, number>> {
  const told: Record<string, number> = {};
  for (let made = 0; made < count; made++) {
    const { outcome } = await send();
    told[outcome] = (told[outcome] ?? 0) + 1;
  }
  return told;
}

test("a caller has ten seconds of calls at once and is then told to wait, each kind for itself", async () => {
  expect(await outcomes(14, () => read("nora"))).toEqual({ ok: 10, "rate.limited": 4 });
  expect(await outcomes(7, () => write("nora"))).toEqual({ ok: 5, "rate.limited": 2 });
  expect(await outcomes(4, () => search("nora"))).toEqual({ ok: 2, "rate.limited": 2 });
});

test("another caller is not told to", async () => {
  expect(await outcomes(3, () => read("ben"))).toEqual({ ok: 3 });
});

test("who waits as long as they are told to passes", async () => {
  const refused = await search("nora");
  const { error } = JSON.parse(refused.text) as {
    error: { data: { refusal: { retryAfterSeconds: number } } };
  };
  const { retryAfterSeconds } = error.data.refusal;
  expect([refused.status, retryAfterSeconds]).toEqual([429, 5]);
  later(retryAfterSeconds - 1);
  expect((await search("nora")).outcome).toBe("rate.limited");
  later(1);
  expect(await outcomes(2, () => search("nora"))).toEqual({ ok: 1, "rate.limited": 1 });
});

test("Retry-After says the same as the refusal", async () => {
  await outcomes(10, () => read("ben"));
  const response = await fetch(`${server.url}/trpc/auth.me`, {
    headers: { authorization: `Bearer ${tokens.get("ben")!}` },
  });
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "1"]);
});

test("each call of a batch counts", async () => {
  const paths = Array.from({ length: 15 }, () => "auth.me").join(",");
  const response = await fetch(`${server.url}/trpc/${paths}?batch=1&input=%7B%7D`, {
    headers: { authorization: `Bearer ${tokens.get("yuki")!}` },
  });
  const answers = (await response.json()) as { error?: { data: { refusal: { code: string } } } }[];
  const refused = answers.filter(({ error }) => error?.data.refusal.code === "rate.limited");
  expect([answers.length, refused.length, response.headers.get("retry-after")]).toEqual([15, 5, "1"]);
});

test("a mutation that was refused for being one too many has done nothing, and its key is still to be used", async () => {
  const open = (idempotencyKey: string) =>
    call(server.url, {
      path: "tickets.open",
      type: "mutation",
      input: { title: "Limited", description: "" },
      accessToken: tokens.get("sofia")!,
      idempotencyKey,
    });
  for (let made = 0; made < 5; made++) expect((await open(`key-${made}`)).outcome).toBe("ok");
  expect((await open("key-5")).outcome).toBe("rate.limited");
  later(2);
  expect((await open("key-5")).outcome).toBe("ok");
  const [row] = await server.resources.sql<{ count: number }[]>`
    select count(*)::int as count from tickets where title = 'Limited'`;
  expect(row!.count).toBe(6);
});

test("nobody is counted by their address, and an IPv6 host by its network", async () => {
  const look = (from: string) =>
    call(server.url, { path: "ratings.look", type: "mutation", input: { token: "x" }, from });
  const refused = { "rating.not_found": 10, "rate.limited": 3 };
  expect(await outcomes(13, () => look("203.0.113.7"))).toEqual(refused);
  expect(await outcomes(2, () => look("203.0.113.8"))).toEqual({ "rating.not_found": 2 });
  let host = 0;
  expect(await outcomes(13, () => look(`2001:db8::${++host}`))).toEqual(refused);
});

test("a stream ticket counts as a stranger's before it is looked up", async () => {
  later(60);
  const connect = async () => {
    const parameters = encodeURIComponent(JSON.stringify({ ticket: "made-up" }));
    const response = await fetch(`${server.url}/trpc/presence.onChange?connectionParams=${parameters}`, {
      headers: { "x-forwarded-for": "203.0.113.99", accept: "text/event-stream" },
    });
    const text = await response.text();
    return { outcome: /"code":"([a-z_]+\.[a-z_]+)"/.exec(text)?.[1] ?? text };
  };
  expect(await outcomes(13, connect)).toEqual({ "auth.required": 10, "rate.limited": 3 });
});

test("files count as what they are: a download is read, an upload written", async () => {
  later(60);
  const accessToken = await accessTokenOf(server.url, "nora");
  const transfer = (method: "GET" | "POST") => async () => {
    const path = method === "GET" ? "/attachments/00000000-0000-7000-8000-000000000000" : "/attachments";
    const form = new FormData();
    form.set("file", new Blob(["hello"]), "hello.txt");
    const response = await fetch(server.url + path, {
      headers: { authorization: `Bearer ${accessToken}` },
      ...(method === "POST" && { method, body: form }),
    });
    const body = (await response.json()) as { refusal?: { code: string } | null };
    return { outcome: body.refusal?.code ?? "ok" };
  };
  expect(await outcomes(12, transfer("GET"))).toEqual({ "attachment.not_found": 10, "rate.limited": 2 });
  expect(await outcomes(7, transfer("POST"))).toEqual({ ok: 5, "rate.limited": 2 });
});

test("what the process trades for itself is no stranger's", async () => {
  later(60);
  const made = await call(server.url, {
    path: "apiKeys.create",
    type: "mutation",
    input: { name: "Within", scopes: [] },
    accessToken: tokens.get("sofia")!,
  });
  const { key } = made.data as { key: string };
  const within = inProcess(server.resources, null);
  const trades = Array.from({ length: 14 }, () => within.auth.exchangeKey({ key }));
  expect((await Promise.allSettled(trades)).filter(({ status }) => status === "rejected")).toEqual([]);
  const outside = () => call(server.url, { path: "auth.exchangeKey", type: "mutation", input: { key } });
  expect(await outcomes(14, outside)).toEqual({ ok: 10, "rate.limited": 4 });
});

test("an API key has its own limit beside that of its owner, and its owner calls on", async () => {
  later(60);
  const key = await call(server.url, {
    path: "apiKeys.create",
    type: "mutation",
    input: { name: "Limited", scopes: ["ticket.read_organization"], callsPerMinute: 4 },
    accessToken: tokens.get("sofia")!,
  });
  const exchanged = await call(server.url, {
    path: "auth.exchangeKey",
    type: "mutation",
    input: { key: (key.data as { key: string }).key },
  });
  tokens.set("key", (exchanged.data as { accessToken: string }).accessToken);
  const list = (name: string) => () =>
    call(server.url, { path: "tickets.list", type: "query", input: {}, accessToken: tokens.get(name)! });
  expect(await outcomes(6, list("key"))).toEqual({ ok: 4, "rate.limited": 2 });
  expect(await outcomes(6, list("sofia"))).toEqual({ ok: 6 });
  later(15);
  expect(await outcomes(2, list("key"))).toEqual({ ok: 1, "rate.limited": 1 });
});
