import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const shipped = fileURLToPath(
  new URL("../../../../packages/domain/scenarios/lost-authenticator.yaml", import.meta.url),
);

const run = (...args: string[]) =>
  new Promise<{ code: number; lines: string[]; problem: string }>((done) =>
    execFile(process.execPath, [main, "recogniser", ...args], (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, lines: stdout.split("\n").slice(0, -1), problem: stderr }),
    ),
  );
const folder = () => mkdtemp(join(tmpdir(), "helpdesk-recogniser-"));
const valuesOf = (lines: string[], name: string) =>
  lines
    .find((line) => line.startsWith(name))
    ?.slice(22)
    .trim()
    .split(/\s+/);

// The first byte of sha256("agent") is divisible by 4, that of sha256("judge-1") is not.
const corpus = [
  ["judge-1", "May I have your name?", "ask_name"],
  ["judge-1", "Could I get your PIN", "bank_ask_pin"],
  ["judge-1", "qwe rty", "bank_ask_pin"],
  ["judge-1", "Goodbye and take care!", "goodbye_1"],
  ["judge-1", "It will rain on Sunday.", "weather_inform_forecast"],
  ["judge-1", "What's your name?", "restaurant_ask_restaurant"],
  ["agent", "Who knows?", "ask_name"],
].map(([agent, text, act]) => JSON.stringify({ agent, text, act }));

test("a corpus is judged per act and in sum, beside two rivals, gzipped or not", async () => {
  const dir = await folder();
  await writeFile(join(dir, "acts.jsonl"), corpus.join("\n"));
  await writeFile(join(dir, "acts.jsonl.gz"), gzipSync(corpus.join("\n")));
  const { code, lines, problem } = await run("evaluate", join(dir, "acts.jsonl"));
  expect({ code, problem }).toEqual({ code: 0, problem: "" });
  expect(lines[0]).toContain("6 messages of 1 agents");
  expect(valuesOf(lines, "ask.full_name")).toEqual(["1", "100.0", "0.0", "0.0", "0.0"]);
  expect(valuesOf(lines, "ask.pin")).toEqual(["2", "50.0", "50.0", "0.0", "0.0"]);
  expect(valuesOf(lines, "identity checks")).toEqual(["3", "66.7", "33.3", "0.0", "0.0"]);
  expect(valuesOf(lines, "other acts")).toEqual(["1", "100.0", "0.0", "0.0", "0.0"]);
  expect(lines).toContain("none of these acts: 2, 50.0 % taken for an identity check");
  expect(valuesOf(lines, "as shipped")).toEqual(["66.7", "33.3", "0.0", "50.0"]);
  expect(valuesOf(lines, "without abstention")?.[1]).toBe("0.0");
  expect(valuesOf(lines, "substring rules")).toEqual(["66.7", "33.3", "0.0", "50.0"]);
  expect((await run("evaluate", join(dir, "acts.jsonl.gz"))).lines).toEqual(lines);
});

test("a line that is no row of a corpus is named", async () => {
  const file = join(await folder(), "acts.jsonl");
  await writeFile(file, `${corpus[0]}\n{"agent":"x"}\n`);
  const { code, problem } = await run("evaluate", file);
  expect(code).toBe(1);
  expect(problem).toContain("Line 2");
});

test("weights are written beside their scenario, and a check says when they are not what training makes", async () => {
  const dir = await folder();
  const file = join(dir, "lost-authenticator.yaml");
  await copyFile(shipped, file);
  expect(await run("train", "--check", file)).toMatchObject({ code: 1 });
  const trained = await run("train", file);
  expect(trained).toMatchObject({ code: 0, problem: "" });
  expect(trained.lines[0]).toMatch(/^lost-authenticator +[0-9a-f]{64} +\d+ acts, \d+ bytes$/);
  expect(await run("train", "--check", file)).toMatchObject({ code: 0, problem: "" });

  const changed = await readFile(file, "utf8");
  await writeFile(file, changed.replace("Who is your manager?", "Who might your manager be?"));
  const checked = await run("train", "--check", file);
  expect(checked.code).toBe(1);
  expect(checked.problem).toContain("lost-authenticator.json");
});
