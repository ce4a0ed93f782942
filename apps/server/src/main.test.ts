import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { connect, seed } from "@helpdesk/db";
import { createTestDatabase, type TestDatabase } from "@helpdesk/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const entries = { api: "main.ts", worker: "worker.ts" };

let database: TestDatabase;
const role = `helpdesk_test_${randomUUID().replaceAll("-", "")}`;

beforeAll(async () => {
  database = await createTestDatabase();
  await onDatabase(database.url, `create role ${role} password 'known' nologin`);
});

afterAll(async () => {
  await onDatabase(database.url, `drop role ${role}`);
  await database[Symbol.asyncDispose]();
});

async function onDatabase(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const sql = connect({ url, max: 1 });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

const changed = (change: Partial<URL>) => Object.assign(new URL(database.url), change).href;

/** How a process that does not start ends. */
async function ending(
  env: Record<string, string>,
  name: keyof typeof entries = "api",
  cwd = fileURLToPath(new URL("..", import.meta.url)),
): Promise<{ code: unknown; problem: string }> {
  const entry = fileURLToPath(new URL(entries[name], import.meta.url));
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env["PATH"], PORT: "0", WORKER_PORT: "0", ...env },
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    timeout: 180_000,
  });
  const problem = text(child.stderr);
  const [code] = (await once(child, "close")) as unknown[];
  return { code, problem: await problem };
}

const hasJobs = async (url: string) =>
  (await onDatabase(url, `select to_regclass('pgboss.job') is not null as is`))[0]!["is"];

describe("one sentence ends a process that cannot start:", () => {
  const cases: [name: string, env: () => Record<string, string>, why: string][] = [
    ["a wrong password", () => ({ DATABASE_URL: changed({ password: "wrong" }) }), "it refuses the password"],
    [
      "no such database",
      () => ({ DATABASE_URL: changed({ pathname: "/nowhere" }) }),
      "it has no such database",
    ],
    [
      "a user who may not sign in",
      () => ({ DATABASE_URL: changed({ username: role, password: "known" }) }),
      "it refuses the user",
    ],
    [
      "an unknown host",
      () => ({ DATABASE_URL: changed({ hostname: "nowhere.invalid" }) }),
      "its host is unknown",
    ],
    ["nobody listening", () => ({ DATABASE_URL: changed({ port: "1" }) }), "nothing listens there"],
  ];
  test.each(cases)("%s", async (_, env, why) => {
    const { DATABASE_URL = "" } = env();
    const { host, pathname } = new URL(DATABASE_URL);
    expect(await ending({ DATABASE_URL })).toEqual({
      code: 1,
      problem: `helpdesk api: The database ${host}${pathname} of DATABASE_URL cannot be used: ${why}.\n`,
    });
  });

  test("a user without rights", async () => {
    await onDatabase(database.url, `alter role ${role} login`);
    const { code, problem } = await ending({ DATABASE_URL: changed({ username: role, password: "known" }) });
    await onDatabase(database.url, `alter role ${role} nologin`);
    expect(code).toBe(1);
    expect(problem).toMatch(/^helpdesk api: The database .* cannot be used: permission denied for .*\.\n$/);
  });

  test.each([
    ["192.0.2.1", "HOST is 192.0.2.1, which is not an address of this machine."],
    ["nowhere.invalid", "HOST is nowhere.invalid, which is not the name of a machine."],
  ])("HOST %s", async (HOST, sentence) => {
    expect(await ending({ DATABASE_URL: database.url, HOST })).toEqual({
      code: 1,
      problem: `helpdesk api: ${sentence}\n`,
    });
  });

  test.each(["PORT", "WORKER_PORT"] as const)("a taken %s", async (setting) => {
    const occupant = createServer().listen(0, "127.0.0.1");
    await once(occupant, "listening");
    const { port } = occupant.address() as { port: number };
    const name = setting === "PORT" ? "api" : "worker";
    const end = await ending({ DATABASE_URL: database.url, [setting]: String(port) }, name);
    occupant.close();
    expect(end).toEqual({
      code: 1,
      problem: `helpdesk ${name}: Port ${port} on 127.0.0.1 is taken: stop what listens there or set ${setting} to another port.\n`,
    });
  });

  test("a wrong setting", async () => {
    expect(await ending({ DATABASE_URL: database.url, TRUST_PROXY: "1" })).toEqual({
      code: 1,
      problem:
        "helpdesk api: Wrong settings: TRUST_PROXY must be false, or addresses and CIDR ranges such as 10.0.0.0/8, separated by commas.\n",
    });
  });
});

test("a .env in the working directory is read, what the environment says goes before it, and none is no matter", async () => {
  const folder = await mkdtemp(join(tmpdir(), "helpdesk-env-"));
  const missing = "helpdesk api: Wrong settings: DATABASE_URL must be a postgres:// URL.\n";
  expect((await ending({}, "api", folder)).problem).toBe(missing);
  await writeFile(
    join(folder, ".env"),
    `DATABASE_URL=${database.url}\nTRUST_PROXY=1\nHOST=nowhere.invalid\n`,
  );
  expect((await ending({}, "api", folder)).problem).toContain("TRUST_PROXY");
  const { problem } = await ending({ TRUST_PROXY: "false" }, "api", folder);
  expect(problem).toBe("helpdesk api: HOST is nowhere.invalid, which is not the name of a machine.\n");
  await rm(folder, { recursive: true });
});

describe("a refused start has written nothing:", () => {
  test.each(["api", "worker"] as const)("the %s on a database without migrations", async (name) => {
    await using empty = await createTestDatabase({ template: "empty" });
    const { code, problem } = await ending({ DATABASE_URL: empty.url }, name);
    expect(code).toBe(1);
    expect(problem).toMatch(
      /^helpdesk \w+: The database lacks \d+ migrations \(.*\)\. Run pnpm db:migrate\.\n$/,
    );
    expect(await hasJobs(empty.url)).toBe(false);
  });

  test("production on a database with demo accounts", async () => {
    await using demo = await createTestDatabase();
    await seed(demo.url);
    const settings = {
      AUTH_SECRET: "x".repeat(32),
      PUBLIC_URL: "https://desk.example",
      NODE_ENV: "production",
    };
    const { code, problem } = await ending({ DATABASE_URL: demo.url, ...settings });
    expect(code).toBe(1);
    expect(problem).toMatch(
      /^helpdesk api: The database has demo accounts with a public password \(.*\)\.\n$/,
    );
    expect(await hasJobs(demo.url)).toBe(false);
  });

  test("where one that is let in makes what jobs need", async () => {
    await using fit = await createTestDatabase();
    // The database is fit, the address is not: so the process ends by itself after it was let in.
    expect((await ending({ DATABASE_URL: fit.url, HOST: "192.0.2.1" })).code).toBe(1);
    expect(await hasJobs(fit.url)).toBe(true);
  });
});
