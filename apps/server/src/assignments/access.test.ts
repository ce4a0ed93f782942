import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { newId } from "@helpdesk/testing/tenant-wall";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import { copiedScenario } from "../scenarios/copy.fixtures.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("assignments."));

interface Thing {
  id: string;
  version: number;
}

let table: AccessTable;
let organizationId: string;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const [row] = await table.server.resources.sql<{ id: string }[]>`
    select id from organizations where slug = 'demo'`;
  organizationId = row!.id;
});

afterAll(() => table.server[Symbol.asyncDispose]());

const scenarioKey = "lost-authenticator";
const to = (name: string) => ({ scenarioKey, userIds: [table.idOf(name)] });

/** An assignment of a scenario that is assigned to nobody else. */
async function given(name: string): Promise<Thing> {
  const { key } = await copiedScenario(table.server.resources.sql, organizationId, "active");
  const input = { scenarioKey: key, userIds: [table.idOf(name)] };
  return (await table.asSofia<Thing[]>("assignments.create", input))[0]!;
}

const cancelled = async (name: string) => {
  const { id, version } = await given(name);
  return { assignmentId: id, version };
};

const cases: Record<string, Cases> = {
  "assignments.cancel": {
    "for an agent of technical support": () => cancelled("yuki"),
    "for an agent of billing": () => cancelled("carla"),
    "for oneself": (role) =>
      cancelled({ admin: "omar", manager: "petra", agent: "ben" }[role as "agent"] ?? "yuki"),
    "that is not there": () => ({ assignmentId: newId(), version: 1 }),
  },
  "assignments.create": {
    "for an agent of technical support": () => to("yuki"),
    "for an agent of billing": () => to("carla"),
    "for a customer": () => to("tom"),
    "for somebody of another organization": () => to("erik"),
    "for technical support": () => ({ scenarioKey, departmentId: table.idOf("Technical support") }),
    "for onboarding": () => ({ scenarioKey, departmentId: table.idOf("Onboarding") }),
    "for a department of another organization": () => ({ scenarioKey, departmentId: table.idOf("Workshop") }),
  },
  "assignments.list": { "": () => ({}) },
  "assignments.mine": { "": () => ({}) },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
