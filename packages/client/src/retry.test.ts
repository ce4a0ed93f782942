import { callOptions, createHelpdeskClient, failureOf, isRefusal } from "@helpdesk/client";
import { type Passing, type Proxy, startProxy } from "@helpdesk/testing/proxy";
import { inParallel, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

const nora = { organization: "demo", email: "nora@brightbakery.example", password: "Demo-pass-2026!" };

let server: TestServer;
let proxy: Proxy;

beforeAll(async () => {
  server = await startServer();
  proxy = await startProxy(server.url);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  proxy.fault = () => null;
});

/** A client behind the proxy, and what passes it from then on. */
async function signedIn(retries?: number) {
  const client = createHelpdeskClient({ url: proxy.url, retries });
  await client.signIn(nora);
  proxy.passed.length = 0;
  return client;
}

const keysOf = ({ headers }: Passing) => String(headers["idempotency-key"]).split(",");
const ticketsCalled = async (title: string) => {
  const [row] = await server.resources.sql<{ count: number }[]>`
    select count(*)::int as count from tickets where title like ${title}`;
  return row!.count;
};

test("500 mutations whose answers are dropped and that are sent again have exactly 500 effects", async () => {
  const { api } = await signedIn(6);
  const seen = new Set<string>();
  proxy.fault = (passing) => {
    const fresh = keysOf(passing).some((key) => !seen.has(key));
    keysOf(passing).forEach((key) => seen.add(key));
    return fresh ? { kind: passing.index % 2 ? "drop_answer" : "cut_answer" } : null;
  };
  const numbers = await inParallel(
    25,
    Array.from({ length: 500 }, (_, index) => `Dropped ${index}`),
    async (title) => (await api.tickets.open.mutate({ title, description: "Once." })).number,
  );
  expect(new Set(numbers).size).toBe(500);
  expect(await ticketsCalled("Dropped %")).toBe(500);
  expect(seen.size).toBe(500);
  const attempts = proxy.passed.flatMap(keysOf);
  expect(attempts.length).toBeGreaterThanOrEqual(1_000);
});

test("each call of a batch that fails is sent again under its own key", async () => {
  const { api } = await signedIn();
  proxy.fault = ({ index }) => (index === 0 ? { kind: "drop_answer" } : null);
  const open = (title: string) => api.tickets.open.mutate({ title, description: "" });
  await Promise.all([open("Batched a"), open("Batched b"), open("Batched c")]);
  const [first, ...again] = proxy.passed;
  expect(first!.path).toContain("tickets.open,tickets.open,tickets.open");
  expect(new Set(keysOf(first!)).size).toBe(3);
  expect(again.flatMap(keysOf).toSorted()).toEqual(keysOf(first!).toSorted());
  expect(await ticketsCalled("Batched %")).toBe(3);
});

const json = { "content-type": "application/json" };
const unavailable = JSON.stringify({ message: "Service Unavailable" });

test.each([429, 502, 503, 504])("a proxy's own %i is no answer: the call is sent again", async (status) => {
  const { api } = await signedIn();
  proxy.fault = ({ index }) =>
    ({
      0: { kind: "answer" as const, status, headers: { "retry-after": "0" } },
      1: { kind: "answer" as const, status, headers: { ...json, "retry-after": "0" }, body: unavailable },
    })[index] ?? null;
  expect(await api.auth.me.query()).toMatchObject({ email: nora.email });
  expect(proxy.passed).toHaveLength(3);
});

test.each([403, 404, 413])("a proxy's own %i is final, and told apart from a refusal", async (status) => {
  const { api } = await signedIn();
  proxy.fault = () => ({ kind: "answer", status });
  const failure = await api.auth.me.query().catch(failureOf);
  expect(failure).toEqual({ kind: "unreachable", httpStatus: status });
  expect(proxy.passed).toHaveLength(1);
});

test("what was refused is not sent again", async () => {
  const { api } = await signedIn();
  const ticketId = crypto.randomUUID();
  const error: unknown = await api.tickets.reply.mutate({ ticketId, body: "?" }).catch((caught) => caught);
  expect(isRefusal(error, "ticket.not_found")).toBe(true);
  expect(proxy.passed).toHaveLength(1);
});

test("a call that never gets through fails as unreachable once its retries are used up", async () => {
  const { api } = await signedIn();
  proxy.fault = () => ({ kind: "reset" });
  const failure = await api.auth.me.query(undefined, callOptions({ retries: 2 })).catch(failureOf);
  expect(failure).toEqual({ kind: "unreachable", httpStatus: null });
  expect(proxy.passed).toHaveLength(3);
});

test("a sign-in whose answer is lost is not sent again: nothing tells the server that two are one", async () => {
  const client = createHelpdeskClient({ url: proxy.url });
  proxy.passed.length = 0;
  proxy.fault = () => ({ kind: "drop_answer" });
  expect(await client.signIn(nora).catch(failureOf)).toEqual({ kind: "unreachable", httpStatus: null });
  expect(proxy.passed).toHaveLength(1);
});

test("a key of the caller's own makes a later call the same one", async () => {
  const { api } = await signedIn();
  const options = callOptions({ idempotencyKey: "order-4711" });
  const input = { title: "Order 4711", description: "" };
  const first = await api.tickets.open.mutate(input, options);
  expect(await api.tickets.open.mutate(input, options)).toEqual(first);
  expect(await ticketsCalled("Order 4711")).toBe(1);
  const other = await api.tickets.open.mutate({ ...input, title: "Other" }, options).catch(failureOf);
  expect(other).toEqual({ kind: "refused", refusal: { code: "idempotency.key_reused" } });
});
