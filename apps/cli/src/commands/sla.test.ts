import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const shipped = fileURLToPath(
  new URL("../../../../packages/domain/src/sla/cases/due-cases.json", import.meta.url),
);

interface Case {
  id: string;
  expected: { dueAt: string | null };
}

const check = (file: string) =>
  new Promise<{ code: number; lines: string[]; problem: string }>((done) =>
    execFile(process.execPath, [main, "sla", "check", file], (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, lines: stdout.split("\n").slice(0, -1), problem: stderr }),
    ),
  );

async function fileOf(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "helpdesk-sla-")), "cases.json");
  await writeFile(path, text);
  return path;
}

const prove = (...args: string[]) =>
  new Promise<{ code: number; counts: unknown; problem: string }>((done) =>
    execFile(process.execPath, [main, "sla", "prove", ...args], (error, stdout, stderr) =>
      done({
        code: error ? Number(error.code) : 0,
        counts: stdout === "" ? null : (JSON.parse(stdout) as unknown),
        problem: stderr,
      }),
    ),
  );

test("a proof says how many timelines it compared and how many differ, and wants whole numbers", async () => {
  const { code, counts, problem } = await prove("--timelines", "20", "--seed", "7");
  expect({ code, problem }).toEqual({ code: 0, problem: "" });
  expect(counts).toMatchObject({ timelines: 20, differences: 0 });
  const wrong = await prove("--timelines", "many");
  expect(wrong).toMatchObject({ code: 1, counts: null });
  expect(wrong.problem).toContain("--timelines is a whole number");
});

test("every shipped case is answered with its due instant, a JSON line each", async () => {
  const { cases } = JSON.parse(await readFile(shipped, "utf8")) as { cases: Case[] };
  const { code, lines, problem } = await check(shipped);
  expect({ code, problem }).toEqual({ code: 0, problem: "" });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
    cases.map(({ id, expected: { dueAt } }) => ({ id, dueAt })),
  );
});

test("what is wrong with one case is said in its line, and the others are answered", async () => {
  const one = { calendar: "OFFICE", start: "2026-01-12T09:00:00Z", targetSeconds: 3_600, pauses: [] };
  const office = { timeZone: "Europe/Berlin", hours: { mon: [["09:00", "17:00"]] }, holidays: [] };
  const path = await fileOf(
    JSON.stringify({
      calendars: {
        OFFICE: office,
        NEVER: { ...office, hours: {} },
        NOWHERE: { ...office, timeZone: "Mars/Base" },
      },
      cases: [
        { ...one, id: "right" },
        { ...one, id: "offset", start: "2026-01-12T10:00:00+01:00" },
        { ...one, id: "no time", calendar: "NEVER" },
        { ...one, id: "no zone", calendar: "NOWHERE" },
        { ...one, id: "no calendar", calendar: "constructor" },
        { ...one, id: "no start", start: "yesterday" },
        { ...one, id: "no target", targetSeconds: null },
      ],
    }),
  );
  const { code, lines } = await check(path);
  expect(code).toBe(0);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { id: "right", dueAt: "2026-01-12T10:00:00Z" },
    { id: "offset", dueAt: "2026-01-12T10:00:00Z" },
    { id: "no time", error: "calendar.no_business_time" },
    { id: "no zone", error: "calendar.zone_unknown" },
    { id: "no calendar", error: "calendar.not_found" },
    { id: "no start", error: expect.stringMatching(/^case\.invalid: start: /) as string },
    { id: "no target", dueAt: null },
  ]);
});

test.each([
  ["no file", async () => "/nowhere/cases.json", "there is no such file"],
  ["not JSON", () => fileOf("{"), "is not JSON"],
  ["not cases", () => fileOf('{"calendars": {}, "cases": [{}]}'), "is not a file of cases: cases.0.id"],
])("%s is one sentence and a failure", async (_, make, words) => {
  const path = await make();
  const { code, lines, problem } = await check(path);
  expect({ code, lines }).toEqual({ code: 1, lines: [] });
  expect(problem).toContain(path);
  expect(problem).toContain(words);
  expect(problem.trimEnd().split("\n")).toHaveLength(1);
});
