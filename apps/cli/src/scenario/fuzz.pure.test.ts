import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const shipped = fileURLToPath(
  new URL("../../../../packages/domain/scenarios/lost-authenticator.yaml", import.meta.url),
);

const fuzz = (...args: string[]) =>
  new Promise<{ code: number; lines: Record<string, unknown>[]; problem: string }>((done) =>
    execFile(process.execPath, [main, "scenario", "fuzz", ...args], (error, stdout, stderr) =>
      done({
        code: error ? Number(error.code) : 0,
        lines: stdout
          .split("\n")
          .slice(0, -1)
          .map((line) => JSON.parse(line) as Record<string, unknown>),
        problem: stderr,
      }),
    ),
  );

test("fuzz prints what the sessions had and that none broke its rules, the same for the same seed", async () => {
  const [one, again] = await Promise.all([1, 2].map(() => fuzz(shipped, "--sessions", "60", "--seed", "5")));
  expect(one).toMatchObject({
    code: 0,
    lines: [{ scenarios: 1, sessions: 60, leak: 0, contradiction: 0, unsafe_score: 0, bounds: 0, replay: 0 }],
  });
  expect(again).toEqual(one);
});

test("fuzz fails, with the sessions that show it, where a line of a scenario says a fact", async () => {
  const text = await readFile(shipped, "utf8");
  const leaking = text.replace(/(?<=\n {6}mfa_code:\n {8}- ).*/u, "Well, it is 883 104.");
  expect(leaking).not.toBe(text);
  const path = join(await mkdtemp(join(tmpdir(), "helpdesk-fuzz-")), "leaking.yaml");
  await writeFile(path, leaking);
  const { code, lines, problem } = await fuzz(path, "--sessions", "60");
  expect(code).toBe(1);
  expect(lines[0]).toMatchObject({
    kind: "leak",
    message: "mfa_code is said",
    scenario: "lost-authenticator",
  });
  expect(lines.at(-1)).toMatchObject({
    sessions: 60,
    leak: lines.filter(({ kind }) => kind === "leak").length,
  });
  expect(problem).toMatch(/times a session broke its rules/);
});

test("fuzz takes whole numbers", async () => {
  expect(await fuzz("--sessions", "many")).toMatchObject({
    code: 1,
    lines: [],
    problem: "--sessions is a whole number from 1 on.\n",
  });
});
