import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("mailTemplates."));

let table: AccessTable;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
});
afterAll(() => table.server[Symbol.asyncDispose]());

const words = { subject: "Hello", body: "{{comment}}" };

const cases: Record<string, Cases> = {
  "mailTemplates.list": { "": () => undefined },
  "mailTemplates.preview": {
    "": () => ({ key: "mention" }),
    "with what stands for nothing": () => ({ key: "mention", body: "{{x}}" }),
  },
  "mailTemplates.reset": {
    "as it is": () => ({ key: "digest", version: 0 }),
    "of a version that is gone": () => ({ key: "digest", version: 7 }),
  },
  "mailTemplates.set": {
    "of a version that is gone": () => ({ key: "mention", version: 7, ...words }),
    "with what stands for nothing": () => ({ key: "mention", version: 0, ...words, body: "{{x}}" }),
  },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
