import { spawn } from "node:child_process";
import { once } from "node:events";
import { createTestDatabase } from "@helpdesk/testing";
import postgres from "postgres";
import { expect, test } from "vitest";

const load = (url: string) => `
  import { connect } from ${JSON.stringify(new URL("connection.ts", import.meta.url).href)};
  import { transact } from ${JSON.stringify(new URL("unit.ts", import.meta.url).href)};
  const sql = connect({ url: ${JSON.stringify(url)}, max: 4, applicationName: "load" });
  const organizationId = "00000000-0000-0000-0000-000000000000";
  const acknowledged = [], others = [];
  let unavailable = 0, isOver = false, last = 0;
  const pair = async () => {
    const key = ++last;
    try {
      await transact(sql, organizationId, async (unit) => {
        await unit.send("insert into pairs values ($1, 'a', $2)", [key, "x".repeat(key % 2000)], false);
        await unit.send("select pg_sleep(0.002)", [], false);
        await unit.send("insert into pairs values ($1, 'b', $2)", [key, "x".repeat(key % 2000)], false);
      });
      acknowledged.push(key);
    } catch (error) {
      if (error.name === "Unavailable") unavailable++;
      else others.push(error.message);
      await new Promise((r) => setTimeout(r, 5));
    }
  };
  process.stdin.once("data", () => (isOver = true));
  console.log("ready");
  await Promise.all(Array.from({ length: 16 }, async () => { while (!isOver) await pair(); }));
  const before = acknowledged.length;
  console.error("draining");
  await Promise.all(Array.from({ length: 40 }, pair));
  const pids = new Set((await Promise.all(Array.from({ length: 12 }, () => sql.unsafe("select pg_backend_pid() as pid, pg_sleep(0.05)")))).map((rows) => rows[0].pid));
  console.log(JSON.stringify({ slots: pids.size, acknowledged, after: acknowledged.length - before, unavailable, others: [...new Set(others)] }));
  await sql.end({ timeout: 5 });
  process.exit();
`;

test("kill", async () => {
  await using database = await createTestDatabase({ template: "empty" });
  const admin = postgres(database.url, { max: 1 });
  await admin`create table pairs (key int, half text, filling text, primary key (key, half))`;
  const child = spawn(
    process.execPath,
    ["--import", "/tmp/g/hook.mjs", "--input-type=module", "-e", load(database.url)],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  let out = "";
  let err = "";
  child.stdout.on("data", (d) => (out += d));
  child.stderr.on("data", (d) => (err += d));
  const gone = once(child, "exit");
  await new Promise((r) => setTimeout(r, 800));
  const kills = [];
  for (let i = 0; i < Number(process.env.ROUNDS ?? 20); i++) {
    await new Promise((r) => setTimeout(r, 60 + ((i * 37) % 90)));
    const [{ count }] =
      await admin`select count(pg_terminate_backend(pid))::int as count from pg_stat_activity where application_name = 'load' and datname = current_database()`;
    kills.push(count);
  }
  child.stdin.on("error", () => {});
  child.stdin.write("over\n");
  const timer = setTimeout(() => child.kill("SIGKILL"), 15000);
  const [code, signal] = await gone;
  clearTimeout(timer);
  const rows = await admin`select key, count(*)::int as n from pairs group by key`;
  await admin.end();
  let report: any = out;
  try {
    report = JSON.parse(out.split("\n")[1]!);
    const present = new Set(rows.map((r) => r.key));
    report.lost = report.acknowledged.filter((k: number) => !present.has(k)).length;
    report.acknowledged = report.acknowledged.length;
  } catch {}
  console.log({
    code,
    signal,
    kills: kills.join(),
    torn: rows.filter((r) => r.n !== 2).length,
    report,
    err: err.slice(0, 1500),
  });
});
