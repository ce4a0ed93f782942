import { randomUUID } from "node:crypto";
import { demoAccounts } from "@helpdesk/db";
import { signInLimit } from "@helpdesk/domain";
import { accessTokenOf, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataOf, refusalOf, sendTo } from "./sending.fixtures.ts";

let server: TestServer;
let sofia: string;

beforeAll(async () => {
  server = await startServer();
  sofia = await accessTokenOf(server.url, "sofia");
});

afterAll(() => server[Symbol.asyncDispose]());

describe("what stays though a call is refused", () => {
  const attempts = async (): Promise<number> => {
    const [row] = await server.resources.sql<
      { count: number }[]
    >`select coalesce(sum(failures), 0)::int as count from sign_in_attempts`;
    return row!.count;
  };
  const change = (
    token: string,
    key: string | null,
    currentPassword: string,
    newPassword = "Another-pass-2026!",
  ) => sendTo(server, "auth.changePassword", { currentPassword, newPassword }, { key, token });

  test("wrong passwords count with keys as without, and whoever tries too many is stopped", async () => {
    const token = await accessTokenOf(server.url, "omar");
    const before = await attempts();
    const codes: unknown[] = [];
    for (let attempt = 0; attempt <= signInLimit.attempts; attempt++)
      codes.push(refusalOf(await change(token, randomUUID(), `wrong ${attempt}`)));
    expect(codes).toEqual([...Array(signInLimit.attempts).fill("auth.password_incorrect"), "auth.throttled"]);
    expect(await attempts()).toBe(before + signInLimit.attempts);
  });

  test("a wrong password sent again with its key is one attempt; being told to wait is no answer to keep", async () => {
    const token = await accessTokenOf(server.url, "petra");
    const key = randomUUID();
    const before = await attempts();
    const first = await change(token, key, "wrong");
    expect(refusalOf(first)).toBe("auth.password_incorrect");
    expect(await change(token, key, "wrong")).toEqual({ ...first, replayed: "true" });
    expect(await attempts()).toBe(before + 1);
  });

  test("a change of password sent again with its key is no attempt with the old one", async () => {
    const token = await accessTokenOf(server.url, "yuki");
    const { password } = demoAccounts.find(({ email }) => email.startsWith("yuki@"))!;
    const key = randomUUID();
    const before = await attempts();
    const first = await change(token, key, password);
    expect(first.status).toBe(200);
    expect(await change(token, key, password)).toEqual({ ...first, replayed: "true" });
    expect(await attempts()).toBe(before);
    expect(refusalOf(await change(token, randomUUID(), password))).toBe("auth.password_incorrect");
  });
});

test("a dump shows neither key, input nor answer", async () => {
  const key = `key-${randomUUID()}`;
  const secret = `secret-${randomUUID()}`;
  await sendTo(server, "tickets.open", { title: secret, description: "" }, { key, token: sofia });
  const rows = await server.resources.sql<{ dump: string }[]>`
    select concat_ws(' ', key_hash, request_hash, encode(answer, 'escape')) as dump from idempotency_keys`;
  expect(rows.length).toBeGreaterThan(0);
  for (const { dump } of rows) expect(dump).not.toMatch(new RegExp(`${key}|${secret}|tickets|title`));
});

test("a secret that is answered once is answered again to its key, and cannot be read from what is stored", async () => {
  const key = randomUUID();
  const create = (token: string, idempotencyKey = key) =>
    sendTo(
      server,
      "apiKeys.create",
      { name: "Once", scopes: ["ticket.read_organization"] },
      { key: idempotencyKey, token },
    );
  const first = await create(sofia);
  const { key: secret } = dataOf<{ key: string }>(first);
  expect(await create(sofia)).toEqual({ ...first, replayed: "true" });
  expect(dataOf<{ key: string }>(await create(sofia, randomUUID())).key).not.toBe(secret);
  const [row] = await server.resources.sql<{ dump: string }[]>`
    select string_agg(encode(answer, 'escape'), ' ') as dump from idempotency_keys`;
  expect(row!.dump).not.toContain(secret.slice(-20));
});
