import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import { fieldOf } from "./right-inputs.fixtures.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("fields."));

interface Thing {
  id: string;
  version: number;
}

let table: AccessTable;
let theirs: string;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const [row] = await table.server.resources.sql<{ id: string }[]>`
    select f.id from ticket_fields f join organizations o on o.id = f.organization_id and o.slug = 'northwind' limit 1`;
  theirs = row!.id;
});

afterAll(() => table.server[Symbol.asyncDispose]());

const onFields = (inputOf: (field: Thing) => object): Cases => ({
  "a field of the organization": async () => inputOf(await table.asSofia("fields.create", fieldOf())),
  "of another organization": () => inputOf({ id: theirs, version: 1 }),
  "that is not there": () => inputOf({ id: randomUUID(), version: 1 }),
});
const versioned = ({ id, version }: Thing) => ({ fieldId: id, version });

const cases: Record<string, Cases> = {
  "fields.archive": onFields(versioned),
  "fields.create": { "": fieldOf },
  "fields.list": { "": () => undefined },
  "fields.reorder": { "not all of them": () => ({ fieldIds: [] }) },
  "fields.restore": onFields(versioned),
  "fields.update": onFields((field) => ({ ...versioned(field), name: "Renamed" })),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
