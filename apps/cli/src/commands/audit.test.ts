import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  const { api } = await server.as("sofia");
  for (const name of ["One", "Two", "Three"]) await api.apiKeys.create.mutate({ name, scopes: [] });
});
afterAll(() => server[Symbol.asyncDispose]());

/** How the command ends, and what it says of the demo organization. */
async function verify(): Promise<{ code: unknown; log: unknown }> {
  const child = spawn(process.execPath, [main, "audit", "verify"], {
    env: { PATH: process.env["PATH"], DATABASE_URL: server.database.url },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const output = text(child.stdout);
  const [code] = (await once(child, "close")) as unknown[];
  const lines = (await output).trim().split("\n");
  const logs = lines.map((line) => JSON.parse(line) as { organization: string });
  return { code, log: logs.find(({ organization }) => organization === "demo") };
}

test("says how the log ends and that nothing was done to it, and after an edit names the row and fails", async () => {
  const [head] = await server.resources.sql<{ hash: string }[]>`select hash from audit_heads`;
  expect(await verify()).toEqual({
    code: 0,
    log: { organization: "demo", rows: 3, hash: head!.hash, faults: [] },
  });
  await server.resources.sql`update audit_log set procedure = 'apiKeys.revoke' where sequence = 2`;
  expect(await verify()).toMatchObject({ code: 1, log: { faults: [{ sequence: 2, fault: "edited" }] } });
});
