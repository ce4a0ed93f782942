import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

const pathOf = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** A worker of its own, as in production. */
function startWorker(databaseUrl: string): AsyncDisposable {
  const env = { ...process.env, DATABASE_URL: databaseUrl, WORKER_PORT: "0", LOG_LEVEL: "error" };
  const worker = spawn(process.execPath, [pathOf("apps/server/src/worker.ts")], { env, stdio: "inherit" });
  const gone = once(worker, "exit");
  return {
    async [Symbol.asyncDispose]() {
      worker.kill();
      await gone;
    },
  };
}

test("one ticket's life through the typed client: told as a timeline, its clocks explained to the second", async () => {
  await using server = await startServer();
  await using _ = startWorker(server.database.url);
  const env = { ...process.env, HELPDESK_URL: server.url };
  const script = pathOf("packages/client/examples/ticket-life.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
  const [life, timeline, explained] = stdout.split(/\n\n.*\n/) as [string, string, string];

  expect([...life.matchAll(/^(\S.*?) +#13 (\w+)/gm)].map(([, step, status]) => [step, status])).toEqual([
    ["opened", "open"],
    ["routed", "open"],
    ["answered", "open"],
    ["waiting: it stands", "waiting"],
    ["customer replied", "in_progress"],
    ["escalated", "in_progress"],
    ["merged by mistake", "closed"],
    ["un-merged", "in_progress"],
    ["resolved", "resolved"],
    ["reopened", "in_progress"],
    ["closed", "closed"],
  ]);
  expect(life).toContain("the same due instant as before the merge: true");
  expect(life).toMatch(/waiting: it stands .* resolution due –/);

  expect(timeline).toMatch(/the clock +sla_breached/);
  expect(timeline).toMatch(/the clock +sla_escalated/);
  expect(timeline).toMatch(/priority: medium → urgent/);
  expect(timeline).toMatch(/merged_into +status: In progress → Closed; merged_into: – → #14/);
  expect(timeline).toMatch(/Nora Fischer +status_changed +status: Resolved → In progress/);

  // Per cycle: what is carried and what its counted spans add is what it says has elapsed.
  const cycles = explained.split(/\n(?= {2}\w)/);
  expect(cycles.length).toBeGreaterThanOrEqual(6);
  for (const cycle of cycles) {
    const elapsed = Number(/, (\d+) s of/.exec(cycle)![1]);
    const parts = [...cycle.matchAll(/(?:counted .* {2}| {4})(\d+) s(?: carried| *$)/gm)];
    const explainedSeconds = parts.reduce((sum, [, seconds]) => sum + Number(seconds), 0);
    expect(explainedSeconds, cycle).toBe(elapsed);
  }
  expect(explained).toMatch(/paused +\S+ – \S+ {2}[12] s/);
});
