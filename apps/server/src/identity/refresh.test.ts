import { callOptions, createHelpdeskClient, refusalIn, safe } from "@helpdesk/client";
import { plusSeconds, toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";

let server: TestServer;
let laterMs = 0;

beforeAll(async () => {
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({ runtime: { ...systemRuntime, now } });
});
afterAll(() => server[Symbol.asyncDispose]());

const signIn = (email: string) =>
  server.client().api.auth.signIn.mutate({ organization: "demo", email, password: "Demo-pass-2026!" });

/** The client sends a key of its own making where none is named. */
const exchange = (refreshToken: string, idempotencyKey?: string) =>
  safe(server.client().api.auth.refresh.mutate({ refreshToken }, callOptions({ idempotencyKey })));

/** The refresh tokens of a person, from the first on. */
const tokensOf = (userId: string) => server.resources.sql`
  select t.used_at is not null as "isUsed" from refresh_tokens t join auth_sessions s on s.id = t.auth_session_id
  where s.user_id = ${userId} order by t.created_at, t.id`;

/** The caller behind an access token, asked past any client's own refreshing. */
async function whoIs(accessToken: string): Promise<string> {
  const tokens = { accessToken, refreshToken: "none", expiresAt: plusSeconds(systemRuntime.now(), 3_600) };
  const { api } = createHelpdeskClient({ url: server.url, tokens: { get: () => tokens, set: () => {} } });
  const [me, error] = await safe(api.auth.me.query());
  return me?.email ?? refusalIn(error!)!.code;
}

const forgetPrincipals = () => (laterMs += 1_000);

test("a refresh token gives a successor that works, in the same session", async () => {
  const first = await signIn("ben@lumen.example");
  const [second] = await exchange(first.refreshToken);
  expect(second!.refreshToken).not.toBe(first.refreshToken);
  expect(second!.user).toMatchObject({ email: "ben@lumen.example" });
  expect(await whoIs(second!.accessToken)).toBe("ben@lumen.example");
  const [third] = await exchange(second!.refreshToken);
  expect(await whoIs(third!.accessToken)).toBe("ben@lumen.example");
});

test("using a refresh token twice ends the whole session, and no other", async () => {
  const other = await signIn("yuki@lumen.example");
  const stolen = await signIn("yuki@lumen.example");
  const [successor] = await exchange(stolen.refreshToken);
  const [, error] = await exchange(stolen.refreshToken);
  expect(refusalIn(error!)).toEqual({ code: "auth.refresh_invalid" });

  forgetPrincipals();
  expect(await whoIs(successor!.accessToken)).toBe("auth.required");
  const [, late] = await exchange(successor!.refreshToken);
  expect(refusalIn(late!)).toEqual({ code: "auth.refresh_invalid" });
  const reasons = await server.resources
    .sql`select revoked_reason as reason from auth_sessions where revoked_at is not null`;
  expect(reasons).toEqual([{ reason: "token_reused" }]);
  expect(await whoIs(other.accessToken)).toBe("yuki@lumen.example");
  expect((await exchange(other.refreshToken))[0]).toMatchObject({ user: { email: "yuki@lumen.example" } });
});

test("fifty uses of one refresh token at once make exactly one successor", async () => {
  const { refreshToken, user } = await signIn("petra@lumen.example");
  const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(refreshToken)));
  expect(answers.filter(([granted]) => granted)).toHaveLength(1);
  const codes = answers.flatMap(([, error]) => (error ? [refusalIn(error)!.code] : []));
  expect(codes).toEqual(Array(49).fill("auth.refresh_invalid"));
  expect(await tokensOf(user.id)).toEqual([{ isUsed: true }, { isUsed: false }]);
});

test("who missed the answer asks again with the same key, and all of fifty at once get one successor", async () => {
  const { refreshToken, user } = await signIn("amira@studiomira.example");
  const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(refreshToken, "lost")));
  const [late] = await exchange(refreshToken, "lost");
  const successors = new Set([...answers.map(([granted]) => granted?.refreshToken), late?.refreshToken]);
  expect([...successors]).toEqual([expect.any(String)]);
  expect(await tokensOf(user.id)).toEqual([{ isUsed: true }, { isUsed: false }]);
  expect(await whoIs(late!.accessToken)).toBe("amira@studiomira.example");
  expect((await exchange(late!.refreshToken))[0]).toMatchObject({ user: { id: user.id } });
});

test.each([
  ["another key, before the successor is used", "theirs", false],
  ["the same key, after the successor was used", "mine", true],
])("a used refresh token that comes with %s ends the session", async (_, key, isSuccessorUsed) => {
  const { refreshToken } = await signIn("carla@lumen.example");
  const [successor] = await exchange(refreshToken, "mine");
  const [latest] = isSuccessorUsed ? await exchange(successor!.refreshToken) : [successor];
  expect(await whoIs(latest!.accessToken)).toBe("carla@lumen.example");
  expect(refusalIn((await exchange(refreshToken, key))[1]!)).toEqual({ code: "auth.refresh_invalid" });
  forgetPrincipals();
  expect(await whoIs(latest!.accessToken)).toBe("auth.required");
  expect(refusalIn((await exchange(latest!.refreshToken))[1]!)).toEqual({ code: "auth.refresh_invalid" });
  expect(refusalIn((await exchange(refreshToken, "mine"))[1]!)).toEqual({ code: "auth.refresh_invalid" });
});

test("a refresh without a key works once, and its second use ends the session", async () => {
  const { refreshToken } = await signIn("devon@lumen.example");
  const post = async () => {
    const answer = await fetch(`${server.url}/trpc/auth.refresh`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ refreshToken }),
    });
    const { result } = (await answer.json()) as { result?: { data: { refreshToken: string } } };
    return { status: answer.status, refreshToken: result?.data.refreshToken };
  };
  const first = await post();
  expect(first.status).toBe(200);
  expect(await post()).toEqual({ status: 401, refreshToken: undefined });
  const [, error] = await exchange(first.refreshToken!);
  expect(refusalIn(error!)).toEqual({ code: "auth.refresh_invalid" });
});

test.each([
  ["made up", () => `${systemRuntime.newId()}.${"x".repeat(43)}`],
  ["of no form", () => "hello"],
  ["an access token", async () => (await signIn("omar@lumen.example")).accessToken.slice(0, 200)],
  [
    "of another organization",
    async () => (await signIn("omar@lumen.example")).refreshToken.replace(/^[^.]+/, systemRuntime.newId()),
  ],
])("a refresh token that is %s is refused", async (_, make) => {
  const [, error] = await exchange(await make());
  expect(refusalIn(error!)).toEqual({ code: "auth.refresh_invalid" });
});

test("signing out ends this session only, signing out everywhere all of one's own", async () => {
  const [here, there, theirs] = [
    await signIn("tom@tallpines.example"),
    await signIn("tom@tallpines.example"),
    await signIn("nora@brightbakery.example"),
  ];
  const client = (accessToken: string) =>
    createHelpdeskClient({
      url: server.url,
      tokens: {
        get: () => ({ ...here, accessToken, expiresAt: plusSeconds(systemRuntime.now(), 3_600) }),
        set: () => {},
      },
    }).api;
  expect(await client(here.accessToken).auth.sessions.query()).toHaveLength(2);
  await client(here.accessToken).auth.signOut.mutate();
  forgetPrincipals();
  expect(await whoIs(here.accessToken)).toBe("auth.required");
  expect(refusalIn((await exchange(here.refreshToken))[1]!)).toEqual({ code: "auth.refresh_invalid" });
  expect(await whoIs(there.accessToken)).toBe("tom@tallpines.example");
  expect(await client(there.accessToken).auth.sessions.query()).toMatchObject([{ isCurrent: true }]);

  const again = await signIn("tom@tallpines.example");
  await client(again.accessToken).auth.signOutEverywhere.mutate();
  forgetPrincipals();
  expect(await whoIs(there.accessToken)).toBe("auth.required");
  expect(await whoIs(again.accessToken)).toBe("auth.required");
  expect(await whoIs(theirs.accessToken)).toBe("nora@brightbakery.example");
});

test("a session ends for good when its days are over, used or not", async () => {
  const { refreshToken } = await signIn("sofia@lumen.example");
  laterMs += 29 * 86_400_000;
  const [late] = await exchange(refreshToken);
  expect(late).toMatchObject({ user: { email: "sofia@lumen.example" } });
  laterMs += 2 * 86_400_000;
  expect(refusalIn((await exchange(late!.refreshToken))[1]!)).toEqual({ code: "auth.refresh_invalid" });
});
