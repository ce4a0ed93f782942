import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("templates."));

interface Thing {
  id: string;
  version: number;
}

let table: AccessTable;
let theirs: string;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const [row] = await table.server.resources.sql<{ id: string }[]>`
    select t.id from ticket_templates t join organizations o on o.id = t.organization_id and o.slug = 'northwind' limit 1`;
  theirs = row!.id;
});

afterAll(() => table.server[Symbol.asyncDispose]());

const newTemplate = () => ({ name: `t${randomUUID()}`, title: "For the table" });
const onTemplates = (inputOf: (template: Thing) => object): Cases => ({
  "a template of the organization": async () =>
    inputOf(await table.asSofia("templates.create", newTemplate())),
  "of another organization": () => inputOf({ id: theirs, version: 1 }),
  "that is not there": () => inputOf({ id: randomUUID(), version: 1 }),
});
const versioned = ({ id, version }: Thing) => ({ templateId: id, version });

const cases: Record<string, Cases> = {
  "templates.create": {
    "": newTemplate,
    "for a department of another organization": () => ({
      ...newTemplate(),
      departmentId: table.idOf("Workshop"),
    }),
  },
  "templates.delete": onTemplates(versioned),
  "templates.list": { "": () => undefined },
  "templates.update": onTemplates((template) => ({ ...versioned(template), title: "Changed" })),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
