import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { accessTokenOf, call } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import type { RetentionRule } from "./rules.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("retention."));

let table: AccessTable;
let theirTagId: string;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const accessToken = await accessTokenOf(table.server.url, "ingrid");
  const input = { name: "kept" };
  const made = await call(table.server.url, { path: "tags.create", type: "mutation", input, accessToken });
  theirTagId = (made.data as { id: string }).id;
});
afterAll(() => table.server[Symbol.asyncDispose]());

const tag = () => table.asSofia<{ id: string }>("tags.create", { name: `t${randomUUID()}` });
const versionOf = async (wanted: string) =>
  (await table.asSofia<RetentionRule[]>("retention.list", undefined)).find(({ kind }) => kind === wanted)!
    .version;
const rule = { kind: "files", keepDays: 900 } as const;

const cases: Record<string, Cases> = {
  "retention.list": { "": () => undefined },
  "retention.preview": {
    "": () => rule,
    "but for a tag": async () => ({ ...rule, exceptTagId: (await tag()).id }),
    "but for a tag of another organization": () => ({ ...rule, exceptTagId: theirTagId }),
  },
  // Each of a kind of its own: one that is set has another version.
  "retention.set": {
    "": async () => ({ kind: "notifications", keepDays: 900, version: await versionOf("notifications") }),
    "of a version that is gone": () => ({ ...rule, version: 70_000 }),
    "but for a tag": async () => ({
      kind: "tickets",
      keepDays: 900,
      version: await versionOf("tickets"),
      exceptTagId: (await tag()).id,
    }),
    "but for a tag of another organization": async () => ({
      ...rule,
      version: await versionOf("files"),
      exceptTagId: theirTagId,
    }),
  },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
