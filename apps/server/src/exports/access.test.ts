import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { accessTokenOf, call } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { manifest } from "../manifest.ts";
import { keepExporting } from "./keep-exporting.ts";
import type { Export } from "./view.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("exports."));

let table: AccessTable;
let theirs: Export;
let ready: Export;

const queued = () => table.asSofia<Export>("exports.create", {});

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  // Who may is asked of all at once; that there is one at a time has a test of its own.
  await table.server.resources.sql`drop index exports_running_key`;
  const ingrid = await accessTokenOf(table.server.url, "ingrid");
  const made = await call(table.server.url, {
    path: "exports.create",
    type: "mutation",
    input: {},
    accessToken: ingrid,
  });
  theirs = made.data as Export;
  ready = await queued();
  const stop = keepExporting(table.server.resources);
  const state = async () =>
    (
      await table.server.resources.sql<{ state: string }[]>`select state from exports where id = ${ready.id}`
    )[0]!.state;
  await vi.waitUntil(async () => (await state()) === "ready");
  await stop();
});

afterAll(() => table.server[Symbol.asyncDispose]());

const onExports = (own: () => Export | Promise<Export>): Cases => ({
  "of the organization": async () => ({ exportId: (await own()).id }),
  "of another organization": () => ({ exportId: theirs.id }),
  "that is not there": () => ({ exportId: randomUUID() }),
});

const cases: Record<string, Cases> = {
  "exports.cancel": onExports(queued),
  "exports.create": { "": () => ({}), "with files": () => ({ includesFiles: true }) },
  "exports.createLink": onExports(() => ready),
  "exports.get": onExports(() => ready),
  "exports.list": { "": () => ({}) },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
