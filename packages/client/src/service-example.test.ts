import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../examples/service.ts", import.meta.url));

test("a service acts for a customer by its key, once per order, sends a file from disk and hears the answer", async () => {
  await using server = await startServer();
  const env = { ...process.env, HELPDESK_URL: server.url };
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
  expect(stdout).toContain("The shop acts for Nora Fischer");
  const [, first, again] = /#(\d+) is open; tried again it is #(\d+)/.exec(stdout)!;
  expect(again).toBe(first);
  expect(stdout).toMatch(/ (\d+) of \1 bytes/);
  expect(stdout).toMatch(/Sofia .*: New cups are on their way\./);
});
