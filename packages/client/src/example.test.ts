import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

const pathOf = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const example = pathOf("packages/client/examples/first-ticket.ts");

test("the README shows the example as it is", () => {
  expect(readFileSync(pathOf("README.md"), "utf8")).toContain(
    `\`\`\`ts\n${readFileSync(example, "utf8")}\`\`\``,
  );
});

test("the README's example opens, answers and resolves a ticket on a running server", async () => {
  await using server = await startServer();
  const env = { ...process.env, HELPDESK_URL: server.url };
  const { stdout } = await promisify(execFile)(process.execPath, [example], { env });
  expect(stdout).toContain("Nora Fischer signed in as Customer");
  expect(stdout).toContain("The customer's answer took it back to in_progress");
  expect(stdout).toContain("Refused: it is at version 4 by now");
  expect(stdout).not.toContain("try the cable first");
  const ben = await server.as("ben");
  const { items } = await ben.api.tickets.list.query({ orderBy: "updated_at", limit: 1 });
  expect(items[0]).toMatchObject({ title: "The till prints no receipts", status: "resolved" });
});
