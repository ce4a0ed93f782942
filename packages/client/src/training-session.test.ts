import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../examples/training-session.ts", import.meta.url));

test("a training session through the typed client: whoever calls, care earns 100.00, and who it was is told at the end", async () => {
  await using server = await startServer();
  const env = { ...process.env, HELPDESK_URL: server.url };
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env });

  expect(stdout).toMatch(/overall +100\.00 {2}passed/);
  const role = /It was .* \((owner|impostor)\)/.exec(stdout)?.[1];
  expect(stdout.includes("Call back on the number on file: that did not work")).toBe(role === "impostor");
  expect(stdout.indexOf("Maria Keller (owner)")).toBe(
    role === "owner" ? stdout.lastIndexOf("Maria Keller (owner)") : -1,
  );
  expect(stdout).toMatch(/\d+ XP, level \d/);
});
