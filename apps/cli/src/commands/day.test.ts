import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createTestDatabase } from "@helpdesk/testing";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

test("a customer's mail is routed, answered by mail, answered back, resolved, rated by its link and reported", async () => {
  await using server = await createTestDatabase({ template: "empty" });
  const env = { ...process.env, NODE_ENV: "test", DATABASE_URL: server.url };
  const { stdout } = await promisify(execFile)(process.execPath, [main, "day"], { env });
  const steps = stdout.trim().split("\n");
  expect(steps).toHaveLength(11);
  expect(steps.at(-1)).toBe("11. All of it was one ticket.");
});
