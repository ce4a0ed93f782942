import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("audit."));

let table: AccessTable;
beforeAll(async () => {
  table = await AccessTable.start(manifest());
});
afterAll(() => table.server[Symbol.asyncDispose]());

const cases: Record<string, Cases> = {
  "audit.list": {
    "": () => undefined,
    "of a key that is not there": () => ({ apiKeyId: randomUUID() }),
    "of nobody there is": () => ({ actorId: randomUUID() }),
  },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
