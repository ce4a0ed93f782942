import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { createTestDatabase, type TestDatabase } from "@helpdesk/testing";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "./connection.ts";
import { Unavailable } from "./faults.ts";
import { read, transact } from "./unit.ts";

const NAME = "helpdesk-outage";
const POOL = 4;

/** A process that writes pairs without end, each pair in a unit, and says at its end how it went. */
const writer = (url: string) => `
  import { connect } from ${JSON.stringify(new URL("connection.ts", import.meta.url).href)};
  import { transact } from ${JSON.stringify(new URL("unit.ts", import.meta.url).href)};
  import { setTimeout as sleep } from "node:timers/promises";
  const sql = connect({ url: ${JSON.stringify(url)}, max: ${POOL}, applicationName: "${NAME}" });
  const acknowledged = [], otherErrors = [];
  let unavailable = 0, isOver = false, last = 0;
  async function writePair() {
    const key = ++last;
    const filling = "x".repeat(key % 2000);
    try {
      await transact(sql, "0197b000-0000-7000-8000-000000000001", async (unit) => {
        await unit.send("insert into pairs values ($1, 'left', $2)", [key, filling], false);
        await unit.send("select pg_sleep(0.002)", []);
        await unit.send("insert into pairs values ($1, 'right', $2)", [key, filling], false);
      });
      acknowledged.push(key);
    } catch (error) {
      if (error.name === "Unavailable") unavailable++;
      else otherErrors.push(String(error.stack));
      await sleep(5);
    }
  }
  const writers = Array.from({ length: 4 * ${POOL} }, async () => { while (!isOver) await writePair(); });
  console.log("writing");
  process.stdin.once("data", async () => {
    isOver = true;
    await Promise.all(writers);
    const before = { acknowledged: acknowledged.length, unavailable };
    await Promise.all(Array.from({ length: 40 }, writePair));
    const sleepers = Array.from({ length: 3 * ${POOL} }, () => sql.unsafe("select pg_backend_pid() as pid, pg_sleep(0.1)"));
    const connections = new Set((await Promise.all(sleepers)).map(([{ pid }]) => pid)).size;
    const after = { acknowledged: acknowledged.length - before.acknowledged, unavailable: unavailable - before.unavailable };
    console.log(JSON.stringify({ acknowledged, unavailable, otherErrors, after, connections }));
    await sql.end({ timeout: 5 });
  });
`;

interface Report {
  acknowledged: number[];
  unavailable: number;
  otherErrors: string[];
  /** Once the killing is over. */
  after: { acknowledged: number; unavailable: number };
  connections: number;
}

let database: TestDatabase;
let admin: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase({ template: "empty" });
  admin = postgres(database.url, { max: 1 });
  await admin`create table pairs (key int, half text, filling text, primary key (key, half))`;
});

afterAll(async () => {
  await admin.end();
  await database[Symbol.asyncDispose]();
});

/** How many backends of that name were in the middle of something as they were killed. */
async function killBackends(name: string, query = "%"): Promise<number> {
  const killed = await admin<{ wasBusy: boolean }[]>`
    select state <> 'idle' as "wasBusy", pg_terminate_backend(pid) from pg_stat_activity
    where application_name = ${name} and datname = current_database() and query like ${query}`;
  return killed.filter(({ wasBusy }) => wasBusy).length;
}

test("a process whose backends are killed under load lives on, loses no acknowledged write, and has all its connections again", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", writer(database.url)], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  try {
    const complaints: string[] = [];
    child.stderr.on("data", (data) => complaints.push(String(data)));
    const ended = once(child, "exit");
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe("writing");
    const busy: number[] = [];
    for (let round = 0; round < 30; round++) {
      await sleep(40 + (round % 5) * 20);
      busy.push(await killBackends(NAME));
    }
    child.stdin.on("error", () => {});
    child.stdin.end("that will do\n");
    const said = (await lines.next()).value as string | undefined;
    expect(await ended, complaints.join("")).toEqual([0, null]);
    const report = JSON.parse(said ?? "") as Report;

    expect(busy.filter((count) => count > 0).length, "rounds that hit running work").toBeGreaterThan(5);
    expect(report.unavailable).toBeGreaterThan(5);
    expect(report.otherErrors).toEqual([]);
    expect(report.after).toEqual({ acknowledged: 40, unavailable: 0 });
    expect(report.connections).toBe(POOL);

    const rows = await admin<{ key: number; halves: number }[]>`
      select key, count(*)::int as halves from pairs group by key`;
    expect(rows.filter(({ halves }) => halves !== 2)).toEqual([]);
    const written = new Set(rows.map(({ key }) => key));
    expect(report.acknowledged.filter((key) => !written.has(key))).toEqual([]);
  } finally {
    child.kill("SIGKILL");
  }
});

test("a statement whose backend is killed says that the database is unavailable; the next one is served", async () => {
  const sql = connect({ url: database.url, max: 1, applicationName: "helpdesk-victim" });
  try {
    const reader = read(sql, "0197b000-0000-7000-8000-000000000001");
    await reader.send("select 1", []);
    const sleeping = reader.send("select pg_sleep(20)", []);
    const outcome = sleeping.catch((error: unknown) => error);
    while ((await killBackends("helpdesk-victim", "%pg_sleep%")) === 0) await sleep(20);
    expect(await outcome).toBeInstanceOf(Unavailable);
    await expect(reader.send("select 1 as one", [])).resolves.toEqual([{ one: 1 }]);
  } finally {
    await sql.end({ timeout: 1 });
  }
});

test("a database that is not there is unavailable to readers and units alike", async () => {
  const sql = connect({ url: "postgres://nobody@127.0.0.1:1/nothing", max: 1 });
  try {
    await expect(read(sql, "x").send("select 1", [])).rejects.toBeInstanceOf(Unavailable);
    await expect(transact(sql, "x", async () => 1)).rejects.toBeInstanceOf(Unavailable);
  } finally {
    await sql.end({ timeout: 1 });
  }
});
