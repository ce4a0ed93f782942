import { toEpochMs, toInstant } from "@helpdesk/domain";
import { refusalIn, safe } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";

const password = "Demo-pass-2026!";
const at = (email: string) => ({ organization: "demo", email, password });

let server: TestServer;
let laterMs = 0;
const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);

beforeAll(async () => {
  server = await startServer({ runtime: { ...systemRuntime, now }, env: { TRUST_PROXY: "127.0.0.1" } });
});
afterAll(() => server[Symbol.asyncDispose]());

/** Signs in from an address of one's own, so that tests do not throttle each other. */
async function signIn(input: { organization: string; email: string; password: string }, address: string) {
  const response = await fetch(`${server.url}/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address },
    body: JSON.stringify(input),
  });
  const body = (await response.json()) as {
    result?: {
      data: { accessToken: string; refreshToken: string; expiresAt: string; user: Record<string, unknown> };
    };
    error?: { message: string; data: { refusal: { code: string; retryAfterSeconds?: number } } };
  };
  return { status: response.status, retryAfter: response.headers.get("retry-after"), body };
}

describe("signing in", () => {
  test("gives tokens and who one is, with role, rights, departments and organization", async () => {
    const { status, body } = await signIn(
      { ...at("BEN@lumen.example "), organization: " Demo" },
      "192.0.2.1",
    );
    expect(status).toBe(200);
    expect(body.result!.data.user).toMatchObject({
      email: "ben@lumen.example",
      role: { key: "agent" },
      organization: { slug: "demo" },
      permissions: expect.arrayContaining(["ticket.take"]),
      departments: [{ name: expect.any(String) }],
    });
    const [sessionRow] = await server.resources
      .sql`select count(*)::int as n from auth_sessions where ip_address = '192.0.2.1'`;
    expect(sessionRow!["n"]).toBe(1);
    const lifetimeMs = toEpochMs(body.result!.data.expiresAt) - toEpochMs(now());
    expect(lifetimeMs).toBeGreaterThan(30_000);
    expect(lifetimeMs).toBeLessThanOrEqual(600_000);
  });

  test("answers the same, after the same work, whatever is wrong", async () => {
    const { sql, passwords } = server.resources;
    await sql`update users set deactivated_at = '2026-01-01' where email = 'devon@lumen.example'`;
    await sql`update users set password_hash = null where email = 'carla@lumen.example'`;
    const cases = {
      "wrong password": { ...at("ben@lumen.example"), password: "not the password" },
      "unknown e-mail": at("nobody@lumen.example"),
      "no e-mail at all": at("x"),
      "unknown organization": { ...at("ben@lumen.example"), organization: "nowhere" },
      "another organization's person": { ...at("ben@lumen.example"), organization: "northwind" },
      deactivated: at("devon@lumen.example"),
      "open invitation": at("carla@lumen.example"),
    };
    const answers = new Set<string>();
    for (const [name, input] of Object.entries(cases)) {
      const before = passwords.derived;
      const { status, body } = await signIn(input, "192.0.2.2");
      expect({ name, derived: passwords.derived - before }).toEqual({ name, derived: 1 });
      answers.add(JSON.stringify({ status, body }));
    }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toContain("auth.invalid_credentials");
  });

  test("neither tokens nor passwords are stored", async () => {
    const { body } = await signIn(at("omar@lumen.example"), "192.0.2.3");
    const { refreshToken, accessToken } = body.result!.data;
    const rows = await server.resources.sql`select row_to_json(t)::text as row from refresh_tokens t
      union all select row_to_json(s)::text from auth_sessions s
      union all select row_to_json(u)::text from users u union all select row_to_json(a)::text from sign_in_attempts a`;
    const dump = rows.map(({ row }) => row as string).join("\n");
    for (const secret of [refreshToken, refreshToken.split(".")[1]!, accessToken, password])
      expect(dump).not.toContain(secret);
    expect(dump).toContain("omar@lumen.example");
  });
});

describe("throttling", () => {
  const wrong = (email: string, address: string) =>
    signIn({ ...at(email), password: "wrong password" }, address);

  test("after ten failures an account is refused, without work, until its window ends", async () => {
    const { passwords } = server.resources;
    for (let i = 1; i <= 10; i++) {
      const { body } = await wrong("yuki@lumen.example", `198.51.100.${i}`);
      expect(body.error!.data.refusal.code).toBe("auth.invalid_credentials");
    }
    const before = passwords.derived;
    const { status, retryAfter, body } = await signIn(at("yuki@lumen.example"), "198.51.100.99");
    expect(status).toBe(429);
    expect(body.error!.data.refusal.code).toBe("auth.throttled");
    expect(body.error!.data.refusal.retryAfterSeconds).toBeGreaterThan(800);
    expect(body.error!.data.refusal.retryAfterSeconds).toBeLessThanOrEqual(900);
    expect(retryAfter).toBe(String(body.error!.data.refusal.retryAfterSeconds));
    expect(passwords.derived).toBe(before);

    expect((await signIn(at("ben@lumen.example"), "198.51.100.99")).status).toBe(200);
    laterMs += 901_000;
    expect((await signIn(at("yuki@lumen.example"), "198.51.100.99")).status).toBe(200);
  });

  test("a right password makes an account's count start again", async () => {
    for (let round = 0; round < 2; round++) {
      for (let i = 1; i <= 9; i++) await wrong("petra@lumen.example", `203.0.113.${round * 20 + i}`);
      expect((await signIn(at("petra@lumen.example"), "203.0.113.90")).status).toBe(200);
    }
  });

  test("after ten failures an address is refused for every account, other addresses are not", async () => {
    for (let i = 1; i <= 10; i++) await wrong(`guess-${i}@lumen.example`, "2001:db8:1:2::1");
    const refused = await signIn(at("ben@lumen.example"), "2001:db8:1:2:ffff::9");
    expect(refused.body.error!.data.refusal.code).toBe("auth.throttled");
    expect((await signIn(at("ben@lumen.example"), "2001:db8:1:3::1")).status).toBe(200);
  });

  test("an organization that does not exist does not help an address", async () => {
    const { passwords } = server.resources;
    const unknown = (i: number) =>
      signIn({ ...at(`x${i}@lumen.example`), organization: "nowhere" }, "192.0.2.77");
    for (let i = 1; i <= 10; i++)
      expect((await unknown(i)).body.error!.data.refusal.code).toBe("auth.invalid_credentials");
    const before = passwords.derived;
    expect((await unknown(11)).body.error!.data.refusal.code).toBe("auth.throttled");
    expect(passwords.derived).toBe(before);
  });

  test("forty guesses at once learn no more than ten would one by one", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => wrong("marcus@lumen.example", `198.18.0.${i}`)),
    );
    const codes = answers.map(({ body }) => body.error!.data.refusal.code);
    expect(codes.filter((code) => code === "auth.invalid_credentials")).toHaveLength(10);
    expect(codes.filter((code) => code === "auth.throttled")).toHaveLength(30);
  });
});

test("a signed-in client reads who it is and is refused once signed out", async () => {
  const { api } = await server.as("sofia");
  expect((await api.auth.me.query()).role.key).toBe("super_admin");
  expect((await api.auth.sessions.query()).map(({ isCurrent }) => isCurrent)).toContain(true);
  await api.auth.signOut.mutate();
  laterMs += 1_000;
  const [, error] = await safe(api.auth.me.query());
  expect(refusalIn(error!)).toEqual({ code: "auth.required" });
});
