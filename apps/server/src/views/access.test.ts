import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases, type Role, people } from "@helpdesk/testing/access";
import { accessTokenOf, call } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("views."));

interface Thing {
  id: string;
  version: number;
}

let table: AccessTable;
let theirs: string;
const tokens = new Map<string, string>();

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const { url, resources } = table.server;
  for (const name of ["yuki", "sofia", "omar", "petra", "ben"])
    tokens.set(name, await accessTokenOf(url, name));
  const [row] = await resources.sql<{ id: string }[]>`
    select v.id from views v join organizations o on o.id = v.organization_id and o.slug = 'northwind' limit 1`;
  theirs = row!.id;
});

afterAll(() => table.server[Symbol.asyncDispose]());

const newView = (rest: object = {}) => ({ name: `v${randomUUID()}`, conditions: { isOpen: true }, ...rest });
const shared = (department?: string) =>
  table.asSofia<Thing>(
    "views.create",
    newView({ isShared: true, ...(department && { departmentId: table.idOf(department) }) }),
  );

/** A view of one's own; of whoever cannot have one, somebody's. */
async function own(name: string): Promise<Thing> {
  const accessToken = tokens.get(name) ?? tokens.get("yuki")!;
  const input = newView();
  const answer = await call(table.server.url, { path: "views.create", type: "mutation", input, accessToken });
  return answer.data as Thing;
}

const onViews = (inputOf: (view: Thing) => unknown): Cases => ({
  "one's own": async (role: Role) => inputOf(await own(people[role] ?? "")),
  "somebody else's own": async () => inputOf(await own("yuki")),
  "everybody's": async () => inputOf(await shared()),
  "of technical support": async () => inputOf(await shared("Technical support")),
  "of billing": async () => inputOf(await shared("Billing and accounts")),
  "of another organization": () => inputOf({ id: theirs, version: 1 }),
  "that is not there": () => inputOf({ id: randomUUID(), version: 1 }),
});

const cases: Record<string, Cases> = {
  "views.check": { "": () => undefined },
  "views.counts": { "": () => undefined },
  "views.create": {
    "for oneself": () => newView(),
    "for everybody": () => newView({ isShared: true }),
    "for technical support": () => newView({ isShared: true, departmentId: table.idOf("Technical support") }),
    "for billing": () => newView({ isShared: true, departmentId: table.idOf("Billing and accounts") }),
    "for a department of another organization": () =>
      newView({ isShared: true, departmentId: table.idOf("Workshop") }),
  },
  "views.delete": onViews(({ id, version }) => ({ viewId: id, version })),
  "views.list": { "": () => undefined },
  "views.rebuild": { "": () => undefined },
  "views.reorder": onViews(({ id }) => ({ viewIds: [id] })),
  "views.onChange": {
    ...onViews(({ id }) => ({ viewId: id })),
    "built in": () => ({ viewId: "my_open" }),
  },
  "views.tickets": {
    ...onViews(({ id }) => ({ viewId: id })),
    "built in": () => ({ viewId: "my_open" }),
  },
  "views.update": onViews(({ id, version }) => ({ viewId: id, version, conditions: {} })),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
