import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const shipped = fileURLToPath(
  new URL("../../../../packages/domain/scenarios/lost-authenticator.yaml", import.meta.url),
);

const run = (...args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((done) =>
    execFile(process.execPath, [main, "scenario", ...args], (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  );

/** A log of somebody who helps without asking who it is. */
async function hastyLog(castId: string): Promise<string> {
  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 12, 8, 0, seconds)).toISOString();
  const customer = {
    kind: "customer_said",
    tells: [],
    evades: [],
    tactic: null,
    mood: 0,
    patience: 60,
    leaves: null,
  };
  const events = [
    { kind: "session_started" },
    { kind: "trainee_said", text: "Hello, I am sorry to hear that.", acts: ["greet", "empathize"] },
    { ...customer, text: "Hello." },
    { kind: "hint_taken", level: "nudge" },
    { kind: "tool_used", tool: "reset_mfa", isDone: true },
    { kind: "resolved" },
  ].map((event, index) => ({ ...event, sequence: index + 1, at: at(index * 10) }));
  const path = join(await mkdtemp(join(tmpdir(), "helpdesk-log-")), "log.json");
  await writeFile(path, JSON.stringify({ scenario: "lost-authenticator", castId, events }));
  return path;
}

test("a log is graded with its reasons, where a pass was lost and what would have been better", async () => {
  const { code, stdout } = await run("grade", shipped, await hastyLog("maria"));
  expect(code).toBe(0);
  const lines = stdout.split("\n");
  expect(lines).toContain("   8.57 of  8.57  Showed understanding  (#2)");
  expect(lines).toContain("  first reply: 10 s (full up to 60 s, nothing from 300 s)");
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^unverified action at #5 \(Remove the authenticator\): no more than 0\.00, which cost /,
    ),
  );
  expect(lines).toContain("overall          0.00");
  expect(lines).toContain("not passed: 70.00 are needed");
  expect(lines).toContainEqual(
    expect.stringMatching(/^From “Remove the authenticator” \(#5\) on a pass was out/),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^ {2}If you had made sure who it is before “Remove the authenticator” \(#5\): \+\d/,
    ),
  );
});

test("what is no log of this scenario is told so", async () => {
  const stranger = await run("grade", shipped, await hastyLog("nobody"));
  expect(stranger).toMatchObject({ code: 1, stderr: expect.stringContaining("nobody is not in the cast.") });
  expect(await run("grade", shipped, shipped)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("lost-authenticator.yaml is no JSON"),
  });
});

test("a scenario is proven with its shortest pass for each of the cast, and that a guarded tool opens nothing", async () => {
  const { code, stdout } = await run("prove", shipped);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^maria \(owner\): 100\.00 in \d+ moves$/m);
  expect(stdout).toMatch(/^ {2}shortest pass: .*use call_back → use reset_mfa.* → resolve = \d+\.\d\d$/m);
  expect(stdout).toMatch(/^ {2}shortest pass: .* → refuse = \d+\.\d\d$/m);
  expect(stdout.match(/after a guarded tool that nobody has earned: at most 0\.00/g)).toHaveLength(2);
});
