import {
  type WebStorage,
  createHelpdeskClient,
  failureOf,
  memoryTokenStore,
  webTokenStore,
} from "@helpdesk/client";
import type { Permission } from "@helpdesk/domain";
import { type Proxy, startProxy } from "@helpdesk/testing/proxy";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

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
  proxy.passed.length = 0;
});
afterEach(() => void vi.useRealTimers());

const passedTo = (path: string) => proxy.passed.filter((passing) => passing.path.startsWith(`/trpc/${path}`));

/** Time goes on, for everybody, and nobody was there. */
const sleep = (ms: number) => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + ms);
};

test("fifty calls after a sleep over the token's end refresh it once, and all are answered", async () => {
  const client = createHelpdeskClient({ url: proxy.url });
  await client.signIn(nora);
  sleep(3_600_000);
  const calls = Array.from({ length: 50 }, () => client.api.auth.me.query());
  expect((await Promise.all(calls)).map(({ email }) => email)).toEqual(Array(50).fill(nora.email));
  expect(passedTo("auth.refresh")).toHaveLength(1);
});

test("fifty calls that the server refuses for their token at once refresh it once", async () => {
  const tokens = memoryTokenStore();
  const client = createHelpdeskClient({ url: proxy.url, tokens });
  await client.signIn(nora);
  const kept = (await tokens.get())!;
  await tokens.set({ ...kept, expiresAt: "9999-12-31T23:59:59.999Z" });
  sleep(3_600_000);
  const calls = Array.from({ length: 50 }, () => client.api.auth.me.query());
  expect((await Promise.all(calls)).map(({ email }) => email)).toEqual(Array(50).fill(nora.email));
  expect(passedTo("auth.refresh")).toHaveLength(1);
});

/** From then on the answers to refreshes get lost: so many, or all. */
const loseRefreshes = (times = Infinity) => {
  proxy.fault = ({ path }) =>
    path.startsWith("/trpc/auth.refresh") && times-- > 0 ? { kind: "drop_answer" } : null;
};

const liveTokens = async () => {
  const rows = await server.resources.sql`
    select from refresh_tokens t join auth_sessions s on s.id = t.auth_session_id
    where t.used_at is null and s.revoked_at is null`;
  return rows.length;
};

test("a refresh whose answer is lost is asked again, and nobody is signed out", async () => {
  const client = createHelpdeskClient({ url: proxy.url });
  await client.signIn(nora);
  const before = await liveTokens();
  sleep(3_600_000);
  loseRefreshes(2);
  expect(await client.api.auth.me.query()).toMatchObject({ email: nora.email });
  expect(passedTo("auth.refresh")).toHaveLength(3);
  expect(await liveTokens()).toBe(before);
});

test("after a refresh that never was answered a page that is loaded anew is still signed in", async () => {
  const { storage } = browser();
  const page = () => createHelpdeskClient({ url: proxy.url, tokens: webTokenStore(storage), retries: 0 });
  await page().signIn(nora);
  const before = await liveTokens();
  sleep(3_600_000);
  loseRefreshes();
  const failure = await page().api.auth.me.query().catch(failureOf);
  expect(failure).toEqual({ kind: "unreachable", httpStatus: null });
  loseRefreshes(0);
  expect(await page().api.auth.me.query()).toMatchObject({ email: nora.email });
  expect(passedTo("auth.refresh")).toHaveLength(2);
  expect(await liveTokens()).toBe(before);
});

test("a refresh token that somebody else used ends the session for both", async () => {
  const tokens = memoryTokenStore();
  const onSignedOut = vi.fn<() => void>();
  const client = createHelpdeskClient({ url: proxy.url, tokens, onSignedOut });
  await client.signIn(nora);
  const { refreshToken } = (await tokens.get())!;
  const thief = createHelpdeskClient({ url: proxy.url });
  const stolen = await thief.api.auth.refresh.mutate({ refreshToken });
  sleep(3_600_000);
  await client.api.auth.me.query().catch(failureOf);
  expect(onSignedOut).toHaveBeenCalledTimes(1);
  const late = thief.api.auth.refresh.mutate({ refreshToken: stolen.refreshToken });
  expect(await late.catch(failureOf)).toEqual({
    kind: "refused",
    refusal: { code: "auth.refresh_invalid" },
  });
});

/** What tabs share: a storage, and locks by name. */
function browser(): {
  storage: WebStorage;
  locks: NonNullable<Parameters<typeof webTokenStore>[1]>["locks"];
} {
  const items = new Map<string, string>();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    storage: {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    },
    locks: { request: (_, work) => (turn = turn.then(work, work)) as ReturnType<typeof work> },
  };
}

test("tabs that share a store take turns: one refreshes, and none is signed out", async () => {
  const { storage, locks } = browser();
  const tab = () => createHelpdeskClient({ url: proxy.url, tokens: webTokenStore(storage, { locks }) });
  const tabs = [tab(), tab(), tab(), tab()];
  await tabs[0]!.signIn(nora);
  sleep(3_600_000);
  const emails = await Promise.all(tabs.map(async ({ api }) => (await api.auth.me.query()).email));
  expect(emails).toEqual(Array(4).fill(nora.email));
  expect(passedTo("auth.refresh")).toHaveLength(1);
  await tabs[3]!.signOut();
  expect(await tabs[1]!.api.auth.me.query().catch(failureOf)).toMatchObject({
    refusal: { code: "auth.required" },
  });
});

async function newKey(scopes: Permission[], roleKey = "agent") {
  const sofia = await server.as("sofia");
  const service = { name: "Portal", roleKey };
  return sofia.api.apiKeys.create.mutate({ name: "Portal", service, scopes });
}

test("a service's calls exchange its key once, and again when the token ends", async () => {
  const { key, owner } = await newKey(["user.read"]);
  const { api } = createHelpdeskClient({ url: proxy.url, credentials: { apiKey: key } });
  const all = await Promise.all(Array.from({ length: 50 }, () => api.auth.me.query()));
  expect(new Set(all.map(({ id }) => id))).toEqual(new Set([owner.id]));
  expect(passedTo("auth.exchangeKey")).toHaveLength(1);
  sleep(3_600_000);
  await Promise.all([api.auth.me.query(), api.users.list.query()]);
  expect(passedTo("auth.exchangeKey")).toHaveLength(2);
});

test("a key that was rotated while the service ran is picked up at the next exchange", async () => {
  const [first, second] = [await newKey(["user.read"]), await newKey(["user.read"])];
  let apiKey = first.key;
  const credentials = () => ({ apiKey });
  const { api } = createHelpdeskClient({ url: proxy.url, credentials });
  expect((await api.auth.me.query()).id).toBe(first.owner.id);
  apiKey = second.key;
  sleep(3_600_000);
  expect((await api.auth.me.query()).id).toBe(second.owner.id);
});

test("a service acts on behalf of a person", async () => {
  const { key } = await newKey(["user.act_for"], "admin");
  const credentials = { apiKey: key, onBehalfOf: nora.email };
  const { api } = createHelpdeskClient({ url: proxy.url, credentials });
  expect(await api.auth.me.query()).toMatchObject({ email: nora.email });
});

test("a key that gives no access is to every call as no sign-in, and the cause says why", async () => {
  const { api } = createHelpdeskClient({ url: proxy.url, credentials: { apiKey: "hdp_wrong" } });
  const error: unknown = await api.tickets.list.query().catch((caught) => caught);
  expect(failureOf(error)).toEqual({ kind: "refused", refusal: { code: "auth.required" } });
  expect(failureOf((error as Error).cause)).toEqual({
    kind: "refused",
    refusal: { code: "auth.key_invalid" },
  });
});
