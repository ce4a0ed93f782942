import { callOptions, failureOf, isRefusal } from "@helpdesk/client";
import { createTestClient } from "@helpdesk/client/testing";
import { expect, test, vi } from "vitest";

const never = () => new Promise<never>(() => {});

test("a call ends when its time is over, as a refusal of its procedure, with all its retries in it", async () => {
  const { client } = createTestClient({ "notifications.unreadCount": never });
  const call = client.api.notifications.unreadCount.query(undefined, callOptions({ timeoutMs: 1 }));
  const error: unknown = await call.catch((caught: unknown) => caught);
  expect(isRefusal(error, "deadline.exceeded")).toBe(true);
  expect(error).toMatchObject({ data: { httpStatus: 504, path: "notifications.unreadCount" } });
});

test("a call without a limit is not ended", async () => {
  const { promise: asked, resolve: answer } = Promise.withResolvers<{ count: number }>();
  const { client } = createTestClient({ "notifications.unreadCount": () => asked });
  const call = client.api.notifications.unreadCount.query(undefined, callOptions({ timeoutMs: Infinity }));
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_400_000 });
  answer({ count: 4 });
  expect(await call).toEqual({ count: 4 });
  vi.useRealTimers();
});

test("an aborted call of a batch ends at once, and the others are answered", async () => {
  const { promise: asked, resolve: answer } = Promise.withResolvers<{ count: number }>();
  const { client, calls } = createTestClient({
    "notifications.unreadCount": () => asked,
    "tickets.list": async ({ refuse }) => (await asked, refuse({ code: "cursor.invalid" })),
  });
  const leaving = new AbortController();
  const aborted = client.api.tickets.list.query(undefined, { signal: leaving.signal }).catch(failureOf);
  const kept = client.api.notifications.unreadCount.query();
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  leaving.abort();
  expect(await aborted).toEqual({ kind: "aborted" });
  answer({ count: 5 });
  expect(await kept).toEqual({ count: 5 });
});

test("when the last call of a batch is aborted, the server hears of it", async () => {
  let heard = false;
  const { client, calls } = createTestClient({
    "tickets.list": ({ signal }) => {
      signal.addEventListener("abort", () => (heard = true));
      return never();
    },
  });
  const leaving = new AbortController();
  const aborted = client.api.tickets.list.query(undefined, { signal: leaving.signal }).catch(failureOf);
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  leaving.abort();
  expect(await aborted).toEqual({ kind: "aborted" });
  expect(heard).toBe(true);
});

test("a call that is aborted before it is made is not made", async () => {
  const { client, calls } = createTestClient({ "tickets.list": never });
  const signal = AbortSignal.abort();
  expect(await client.api.tickets.list.query(undefined, { signal }).catch(failureOf)).toEqual({
    kind: "aborted",
  });
  await new Promise((resolve) => setTimeout(resolve));
  expect(calls).toEqual([]);
});

test("what asks to wait is obeyed where the deadline allows it, else told at once", async () => {
  let asked = 0;
  const { client, handle } = createTestClient({
    "notifications.unreadCount": ({ refuse }) =>
      asked++ === 0 ? refuse({ code: "rate.limited", retryAfterSeconds: 0 }) : { count: 6 },
  });
  expect(await client.api.notifications.unreadCount.query()).toEqual({ count: 6 });
  expect(asked).toBe(2);
  handle({
    "notifications.unreadCount": ({ refuse }) => refuse({ code: "rate.limited", retryAfterSeconds: 3_600 }),
  });
  const late = await client.api.notifications.unreadCount.query().catch(failureOf);
  expect(late).toEqual({ kind: "refused", refusal: { code: "rate.limited", retryAfterSeconds: 3_600 } });
});

test("a mutation keeps its key over its attempts, another has another, a query has none", async () => {
  let fails = 2;
  const { client, calls } = createTestClient({
    "notifications.unreadCount": () => ({ count: 0 }),
    "auth.signOutEverywhere": ({ refuse }) =>
      fails-- > 0 ? refuse({ code: "service.unavailable" }) : ({} as never),
  });
  await client.api.auth.signOutEverywhere.mutate();
  await client.api.auth.signOutEverywhere.mutate();
  await client.api.notifications.unreadCount.query();
  const keys = calls.map(({ idempotencyKey }) => idempotencyKey);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys).toEqual([keys[0], keys[0], keys[0], expect.any(String), null]);
  expect(keys[3]).not.toBe(keys[0]);
});

test("a key that could not travel is not taken", () => {
  for (const idempotencyKey of ["", "a,b", "with space", "ä", "x".repeat(256)])
    expect(() => callOptions({ idempotencyKey })).toThrow("visible ASCII");
  expect(callOptions({ idempotencyKey: "order-4711_~!" }).context).toEqual({
    idempotencyKey: "order-4711_~!",
  });
});
