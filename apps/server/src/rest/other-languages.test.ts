import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

const example = (name: string) =>
  fileURLToPath(new URL(`../../../../docs/examples/${name}`, import.meta.url));
const isHere = (command: string) => spawnSync(command, ["--version"]).status === 0;

async function run(command: string, name: string): Promise<string[]> {
  await using server = await startServer();
  const env = { ...process.env, HELPDESK_URL: server.url };
  const { stdout } = await promisify(execFile)(command, [example(name)], { env });
  return stdout.trimEnd().split("\n");
}

test.skipIf(!isHere("python3"))(
  "Python's standard library lives a ticket's life by the document alone (skipped only where there is no python3)",
  async () => {
    expect(await run("python3", "rest.py")).toEqual([
      "signed in: Ben Okafor",
      expect.stringMatching(/^opened: 201 \/api\/v1\/tickets$/),
      "opened again with the same key: True true",
      "read: 200 Printer on fire",
      "read again: 304",
      "replied with a file: 200 It burns.",
      'changed: 200 Printer burnt "2"',
      "changed by an old ETag: 412 version.conflict 2",
      expect.stringMatching(/^timeline: 2 pages, (\d+) of \1 entries$/),
      "training session started: 201",
      expect.stringMatching(/^said: trainee_said/),
      expect.stringMatching(/^resolved: \w+ True$/),
    ]);
  },
);

test.skipIf(!isHere("curl"))("curl lives it too (skipped only where there is no curl)", async () => {
  expect(await run("sh", "rest.sh")).toEqual([
    "signed in: 200",
    "opened: 201",
    "read: 200",
    "read again: 304",
    "uploaded: 201",
    "replied: 200",
    "changed: 200",
    "changed by an old ETag: 412 version.conflict",
    "timeline: 200",
    "ticket_opened",
    "reply_added",
  ]);
});
