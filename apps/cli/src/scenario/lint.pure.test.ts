import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";

// A process starts for each, on whatever machine: an upper bound, not an expectation.
const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const shipped = (file: string) =>
  fileURLToPath(new URL(`../../../../packages/domain/scenarios/${file}`, import.meta.url));

const run = (...args: string[]) =>
  new Promise<{ code: number; lines: string[] }>((done) =>
    execFile(process.execPath, [main, "scenario", ...args], (error, stdout) =>
      done({ code: error ? Number(error.code) : 0, lines: stdout.split("\n").slice(0, -1) }),
    ),
  );

/** A file with the text of a shipped one, changed. */
async function changed(file: string, change: (text: string) => string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "helpdesk-scenario-")), file);
  await writeFile(path, change(await readFile(shipped(file), "utf8")));
  return path;
}

/** The line of a text that something stands in, from 1 on. */
const lineOf = async (path: string, text: string): Promise<number> =>
  (await readFile(path, "utf8")).split("\n").findIndex((line) => line.includes(text)) + 1;

test("a right scenario has a digest, the same from YAML and from JSON", async () => {
  const json = await changed("password-reset.yaml", (text) => JSON.stringify(parse(text)));
  const { code, lines } = await run("lint", shipped("password-reset.yaml"), json);
  expect(code).toBe(0);
  expect(lines).toEqual([expect.stringMatching(/^password-reset [0-9a-f]{64}$/), lines[0]]);
});

test("what is wrong with a scenario is said with its line, and the command fails", async () => {
  const path = await changed("password-reset.yaml", (text) =>
    text
      .replace("knows: [full_name, department, error_message]", "knows: [full_name, department, shoe_size]")
      .replace("has: tool.report_incident", "has: tool.hammer"),
  );
  const { code, lines } = await run("lint", path);
  expect(code).toBe(1);
  expect(lines).toContain(
    `${path}:${await lineOf(path, "shoe_size")} cast.stranger.knows: There is no fact shoe_size.`,
  );
  expect(lines).toContain(
    `${path}:${await lineOf(path, "tool.hammer")} criteria.verification.reported: Nothing is marked tool.hammer.`,
  );
});

test("what does not fit the format is said with its line, for every file that is named", async () => {
  const one = await changed("password-reset.yaml", (text) =>
    text.replace("\n  from:", "\n  form:").replace("has: say.greet", "hass: say.greet"),
  );
  const other = await changed("password-reset.runs.yaml", (text) => text.replace("end: resolve", "end: win"));
  const { code, lines } = await run("lint", one, other);
  expect(code).toBe(1);
  expect(lines).toContain(`${one}:${await lineOf(one, "form:")} ticket: There is no place for form.`);
  expect(lines).toContain(`${one}:${await lineOf(one, "ticket:")} ticket.from: It is missing.`);
  const criterion = `${one}:${await lineOf(one, "hass:")} criteria.communication.0: It takes one of has`;
  expect(lines.some((line) => line.startsWith(criterion))).toBe(true);
  expect(lines.some((line) => line.startsWith(`${other} runs.0.steps.`))).toBe(true);
});

test("rehearsed runs are played from their text, and one that scores otherwise fails the command", async () => {
  expect(await run("rehearse", shipped("password-reset.yaml"))).toMatchObject({ code: 0 });
  const runs = await changed("password-reset.runs.yaml", (text) =>
    text.replace(/overall: 40\b/, "overall: 41"),
  );
  const scenario = runs.replace(".runs.yaml", ".yaml");
  await copyFile(shipped("password-reset.yaml"), scenario);
  const { code, lines } = await run("rehearse", scenario);
  expect(code).toBe(1);
  expect(lines).toContain("        overall: 40 instead of 41");
  expect(lines).toContain("100.00  careful, for the owner (daniel)");
});
