import { createHelpdeskClient, isRefusal, memoryTokenStore, refusalIn, safe } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { systemRuntime } from "@helpdesk/server";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

const nora = { organization: "demo", email: "nora@brightbakery.example", password: "Demo-pass-2026!" };

/** A fetch that counts the calls of each path. */
function counting() {
  const calls: string[] = [];
  const counted: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    calls.push(new URL(request.url).pathname.replace("/trpc/", ""));
    return fetch(request);
  };
  return { calls, fetch: counted };
}

test("calls made at once travel in one request", async () => {
  await using server = await startServer();
  const { calls, fetch } = counting();
  const client = createHelpdeskClient({ url: server.url, fetch });
  await client.signIn(nora);
  const { api } = client;
  await Promise.all([api.auth.me.query(), api.tickets.list.query(), api.notifications.unreadCount.query()]);
  expect(calls).toEqual(["auth.signIn", "auth.me,tickets.list,notifications.unreadCount"]);
});

test("a token near its end is refreshed before it is used, once for all calls that wait", async () => {
  await using server = await startServer();
  const { calls, fetch } = counting();
  const tokens = memoryTokenStore();
  const client = createHelpdeskClient({ url: server.url, fetch, tokens });
  await client.signIn(nora);
  const first = (await tokens.get())!;
  await tokens.set({ ...first, expiresAt: new Date().toISOString() });
  const { api } = client;
  await Promise.all([api.auth.me.query(), api.tickets.list.query({}), api.auth.me.query()]);
  expect(calls.filter((path) => path === "auth.refresh")).toHaveLength(1);
  expect((await tokens.get())!.refreshToken).not.toBe(first.refreshToken);
});

test("a call refused for its token is sent again with a new one, and the caller sees only the answer", async () => {
  let lateMs = 0;
  const runtime = { ...systemRuntime, now: () => toInstant(toEpochMs(systemRuntime.now()) + lateMs) };
  await using server = await startServer({ runtime });
  const { calls, fetch } = counting();
  const client = createHelpdeskClient({ url: server.url, fetch });
  await client.signIn(nora);
  // The server's clock runs ahead of the client's: its token has ended before the client expects it.
  lateMs = 20 * 60_000;
  const [me, list] = await Promise.all([client.api.auth.me.query(), client.api.tickets.list.query({})]);
  expect(me.email).toBe(nora.email);
  expect(list.items.length).toBeGreaterThan(0);
  expect(calls.filter((path) => path === "auth.refresh")).toHaveLength(1);
});

test("a session that ended on the server signs the client out and says so once", async () => {
  await using server = await startServer();
  let signedOut = 0;
  const tokens = memoryTokenStore();
  const client = createHelpdeskClient({ url: server.url, tokens, onSignedOut: () => void signedOut++ });
  await client.signIn(nora);
  const other = createHelpdeskClient({ url: server.url });
  await other.signIn(nora);
  await other.api.auth.signOutEverywhere.mutate();
  const kept = (await tokens.get())!;
  await tokens.set({ ...kept, expiresAt: new Date().toISOString() });
  await expect(client.api.auth.me.query()).rejects.toSatisfy((error) => isRefusal(error, "auth.required"));
  expect(signedOut).toBe(1);
  expect(await tokens.get()).toBeNull();
});

test("signing out ends the session on the server, and forgets the tokens even where it had ended already", async () => {
  await using server = await startServer();
  const tokens = memoryTokenStore();
  const client = createHelpdeskClient({ url: server.url, tokens });
  await client.signIn(nora);
  const { refreshToken } = (await tokens.get())!;
  await client.signOut();
  expect(await tokens.get()).toBeNull();
  await expect(server.client().api.auth.refresh.mutate({ refreshToken })).rejects.toSatisfy((error) =>
    isRefusal(error, "auth.refresh_invalid"),
  );
  await client.signOut();
});

test("a server that cannot be reached is no refusal and signs nobody out", async () => {
  const tokens = memoryTokenStore({
    accessToken: "a",
    refreshToken: "b",
    expiresAt: "2999-01-01T00:00:00.000Z",
  });
  const client = createHelpdeskClient({ url: "http://127.0.0.1:9", tokens });
  const [, error] = await safe(client.api.auth.me.query());
  expect(error && refusalIn(error)).toBeNull();
  expect(isRefusal(error)).toBe(false);
  expect(await tokens.get()).not.toBeNull();
});

test("the refusals of a procedure are exhaustive types, and carry what a caller needs", async () => {
  await using server = await startServer();
  const ben = await server.as("ben");
  const [open] = (await ben.api.tickets.list.query({ isOpen: true, statuses: ["open"], limit: 1 })).items;
  const input = { ticketId: open!.id, status: "open", version: open!.version };
  const [, error] = await safe(ben.api.tickets.setStatus.mutate(input));
  const refusal = error && refusalIn(error);
  expect(explain(refusal!)).toBe("allowed: in_progress, waiting, resolved, closed");

  type SetStatusRefusal = NonNullable<typeof refusal>;
  function explain(of: SetStatusRefusal): string {
    switch (of.code) {
      case "transition.not_allowed":
        return `allowed: ${of.allowed.join(", ")}`;
      case "version.conflict":
        return `now at version ${of.version}`;
      case "ticket.merged":
        return `goes on in #${of.into?.number ?? "?"}`;
      case "status.unknown":
        return `known: ${of.known.join(", ")}`;
      case "field.required":
        return `needs ${of.keys.join(", ")}`;
      case "permission.denied":
        return `needs ${of.permission}`;
      case "rate.limited":
        return `in ${of.retryAfterSeconds} s`;
      case "input.invalid":
        return of.issues.map(({ message }) => message).join();
      case "ticket.not_found":
      case "ticket.closed":
      case "idempotency.key_reused":
      case "deadline.exceeded":
      case "auth.required":
      case "service.unavailable":
        return of.code;
      default:
        // A code that the procedure declares and this does not handle fails to compile here.
        return of satisfies never;
    }
  }
  // @ts-expect-error a refusal that this procedure does not declare is not among them
  const foreign: SetStatusRefusal = { code: "user.email_taken" };
  expect(foreign.code).toBe("user.email_taken");
});
