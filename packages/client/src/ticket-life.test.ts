import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { plusSeconds } from "@helpdesk/domain";
import { systemRuntime } from "@helpdesk/server";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../examples/ticket-life.ts", import.meta.url));

test("one ticket's life through the typed client: told as a timeline, its clocks explained to the second", async () => {
  // Monday morning in Berlin; every look at the clock is half a minute later.
  let now = "2027-01-11T08:00:00.000Z";
  const runtime = { ...systemRuntime, now: () => (now = plusSeconds(now, 30)) };
  await using server = await startServer({ runtime });
  const env = { ...process.env, HELPDESK_URL: server.url };
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

  expect(timeline).toMatch(/Petra Vogel +priority_changed +priority: medium → urgent/);
  expect(timeline).toMatch(/merged_into +status: In progress → Closed; merged_into: – → #14/);
  expect(timeline).toMatch(/Nora Fischer +status_changed +status: Resolved → In progress/);

  // Per cycle: what is carried and what its counted spans add is what it says has elapsed.
  const cycles = explained.split(/\n(?= {2}\w)/);
  expect(cycles.length).toBeGreaterThanOrEqual(6);
  for (const cycle of cycles) {
    const elapsed = Number(/, (\d+) s of/.exec(cycle)![1]);
    const parts = [...cycle.matchAll(/(?:counted .* {2}| {4})(\d+) s(?: carried| *$)/gm)];
    expect(
      parts.reduce((sum, [, seconds]) => sum + Number(seconds), 0),
      cycle,
    ).toBe(elapsed);
  }
  expect(explained).toMatch(/paused +\S+ \S+ – \S+ \S+ {2}\d+ s/);
});
