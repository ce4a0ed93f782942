import { type RouterOutputs, failureOf, isRefusal, memoryTokenStore } from "@helpdesk/client";
import { expect, test } from "vitest";
import { createTestClient } from "./testing/index.ts";

test("calls made at once travel together, and each is answered by its own handler", async () => {
  const { client, calls } = createTestClient({
    "notifications.unreadCount": () => ({ count: 3 }),
    "tickets.list": ({ refuse }) => refuse({ code: "cursor.invalid" }),
  });
  const [count, list] = await Promise.allSettled([
    client.api.notifications.unreadCount.query(),
    client.api.tickets.list.query({ cursor: "x" }),
  ]);
  expect(count).toMatchObject({ status: "fulfilled", value: { count: 3 } });
  expect(list).toMatchObject({ status: "rejected" });
  expect(isRefusal((list as PromiseRejectedResult).reason, "cursor.invalid")).toBe(true);
  expect(calls.map(({ path }) => path)).toEqual(["notifications.unreadCount", "tickets.list"]);
});

test("a query whose input fits no address is a query all the same, with its input whole", async () => {
  const { client, calls } = createTestClient({
    "tickets.list": ({ refuse }) => refuse({ code: "cursor.invalid" }),
  });
  for (const input of [{ cursor: "x".repeat(20_000) }, { cursor: "\u{1d11e}\ud800ß".repeat(400) }]) {
    expect(await client.api.tickets.list.query(input).catch(failureOf)).toMatchObject({ kind: "refused" });
    expect(calls.at(-1)).toMatchObject({ path: "tickets.list", type: "query", input });
  }
});

test("a call without a handler fails and names what is missing", async () => {
  const { client } = createTestClient({});
  await expect(client.api.auth.me.query()).rejects.toThrow('no handler for "auth.me"');
});

test("without a network nothing is answered, until there is one again", async () => {
  const test = createTestClient({ "notifications.unreadCount": () => ({ count: 3 }) }, { retries: 0 });
  test.isOffline = true;
  const failed = await test.client.api.notifications.unreadCount.query().catch(failureOf);
  expect(failed).toEqual({ kind: "unreachable", httpStatus: null });
  test.isOffline = false;
  expect(await test.client.api.notifications.unreadCount.query()).toEqual({ count: 3 });
});

test("a device whose clock is ahead does not refresh before each call", async () => {
  const user = { id: "1", name: "Nora" } as RouterOutputs["auth"]["signIn"]["user"];
  const grant = { accessToken: "a", refreshToken: "b", user };
  const { client, calls } = createTestClient(
    {
      "auth.signIn": () => ({ ...grant, expiresAt: new Date(Date.now() - 3_600_000).toISOString() }),
      "notifications.unreadCount": () => ({ count: 3 }),
    },
    { tokens: memoryTokenStore() },
  );
  await client.signIn({ organization: "demo", email: "a@b.example", password: "x" });
  expect(await client.api.notifications.unreadCount.query()).toEqual({ count: 3 });
  expect(await client.api.notifications.unreadCount.query()).toEqual({ count: 3 });
  expect(calls.map(({ path }) => path)).toEqual([
    "auth.signIn",
    "notifications.unreadCount",
    "notifications.unreadCount",
  ]);
});

test("handlers are held to the types of their procedures", () => {
  createTestClient({
    // @ts-expect-error an answer of another type
    "notifications.unreadCount": () => ({ count: "3" }),
    // @ts-expect-error a refusal that this procedure does not declare
    "auth.me": ({ refuse }) => refuse({ code: "ticket.closed" }),
    // @ts-expect-error an input of another type
    "tickets.get": ({ input, refuse }) => refuse({ code: "ticket.not_found", id: input.id }),
  });
  // @ts-expect-error a procedure that does not exist
  createTestClient({ "tickets.explode": () => null });
  const { push } = createTestClient({});
  // @ts-expect-error a message of another type
  expect(push("tickets.onChange", { id: "1", data: 3 })).toBe(0);
});
