import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { accessTokenOf, call } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import { claim } from "./claim.ts";
import { upload } from "./importing.fixtures.ts";
import { run } from "./run.ts";
import type { Import, ImportFile } from "./view.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("imports."));

let table: AccessTable;
let ours: ImportFile;
let theirs: ImportFile;
let theirImport: Import;
let done: Import;

const asking = (fileId: string, isDryRun = true) => ({ fileId, kind: "tickets", format: "jsonl", isDryRun });
const queued = () => table.asSofia<Import>("imports.create", asking(ours.id));

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const { server } = table;
  ours = (await (await upload(server, "sofia", "{}\n")).json()) as ImportFile;
  theirs = (await (await upload(server, "ingrid", "{}\n")).json()) as ImportFile;
  const accessToken = await accessTokenOf(server.url, "ingrid");
  const input = asking(theirs.id);
  const made = await call(server.url, { path: "imports.create", type: "mutation", input, accessToken });
  theirImport = made.data as Import;
  done = await queued();
  for (let claimed = await claim(server.resources); claimed; claimed = await claim(server.resources))
    await run(server.resources, claimed, new AbortController().signal);
});

afterAll(() => table.server[Symbol.asyncDispose]());

const onImports = (own: () => Import | Promise<Import>): Cases => ({
  "of the organization": async () => ({ importId: (await own()).id }),
  "of another organization": () => ({ importId: theirImport.id }),
  "that is not there": () => ({ importId: randomUUID() }),
});

const cases: Record<string, Cases> = {
  "imports.cancel": onImports(queued),
  "imports.create": {
    "of a file of the organization": () => asking(ours.id),
    "of people": () => ({ ...asking(ours.id), kind: "users" }),
    "of a file of another organization": () => asking(theirs.id),
    "of a file that is not there": () => asking(randomUUID()),
  },
  "imports.get": onImports(() => done),
  "imports.list": { "": () => ({}) },
  "imports.problems": onImports(() => done),
  "imports.start": onImports(() => done),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
