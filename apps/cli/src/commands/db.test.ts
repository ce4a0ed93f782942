import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { connect } from "@helpdesk/db";
import { createTestDatabase } from "@helpdesk/testing";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

async function db(DATABASE_URL: string, ...options: string[]): Promise<{ code: unknown; problem: string }> {
  const child = spawn(process.execPath, [main, "db", ...options], {
    env: { PATH: process.env["PATH"], DATABASE_URL },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const problem = text(child.stderr);
  const [code] = (await once(child, "close")) as unknown[];
  return { code, problem: await problem };
}

const done = { code: 0, problem: "" };

async function schemas(url: string): Promise<unknown[]> {
  const sql = connect({ url, max: 1 });
  try {
    const rows = await sql`select nspname from pg_namespace where nspname in ('public', 'pgboss') order by 1`;
    return rows.map((row) => row["nspname"]);
  } finally {
    await sql.end();
  }
}

test("a reset leaves a server that runs with all it needs", async () => {
  await using server = await startServer();
  const { api } = await server.as("nora");
  const ticket = { title: "The till prints no receipts", description: "Since this morning." };
  const { id } = await api.tickets.open.mutate(ticket);
  expect(await db(server.database.url, "reset")).toEqual(done);

  const account = { organization: "demo", email: "nora@brightbakery.example" };
  const client = server.client();
  await client.signIn({ ...account, password: "Demo-pass-2026!" });
  await client.api.tickets.open.mutate(ticket);
  const { items } = await client.api.tickets.list.query({});
  expect(items.map((item) => item.title)).toContain(ticket.title);
  expect(items.map((item) => item.id)).not.toContain(id);
  await client.api.auth.requestPasswordReset.mutate(account);
  const jobs = await server.resources.sql`select name from pgboss.job where name = 'password_reset_request'`;
  expect(jobs).toHaveLength(1);
});

test("migrate makes what jobs need, and a rollback to nothing takes that, too", async () => {
  await using database = await createTestDatabase({ template: "empty" });
  expect(await db(database.url, "migrate")).toEqual(done);
  expect(await schemas(database.url)).toEqual(["pgboss", "public"]);
  expect(await db(database.url, "rollback")).toEqual(done);
  expect(await schemas(database.url)).toEqual(["pgboss", "public"]);
  expect(await db(database.url, "rollback", "--to", "nothing")).toEqual(done);
  expect(await schemas(database.url)).toEqual(["public"]);
  expect(await db(database.url, "migrate")).toEqual(done);
  expect(await schemas(database.url)).toEqual(["pgboss", "public"]);
});

test("a DATABASE_URL of another kind is one sentence", async () => {
  expect(await db("mysql://desk", "migrate")).toEqual({
    code: 1,
    problem: "DATABASE_URL must be a postgres:// URL.\n",
  });
});
