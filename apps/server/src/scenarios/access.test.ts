import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { newId } from "@helpdesk/testing/tenant-wall";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import { type Copied, copiedScenario } from "./copy.fixtures.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("scenarios."));

let table: AccessTable;
let ours: string;
let theirs: Copied;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const { sql } = table.server.resources;
  const organizations = await sql<{ slug: string; id: string }[]>`select slug, id from organizations`;
  ours = organizations.find(({ slug }) => slug === "demo")!.id;
  theirs = await copiedScenario(sql, organizations.find(({ slug }) => slug === "northwind")!.id, "active");
});

afterAll(() => table.server[Symbol.asyncDispose]());

const copied = (state: "draft" | "active" | "retired") =>
  copiedScenario(table.server.resources.sql, ours, state);

const onScenarios = (inputOf: (scenario: Copied) => unknown): Cases => ({
  "a draft": async () => inputOf(await copied("draft")),
  "what is offered": async () => inputOf(await copied("active")),
  "what is retired": async () => inputOf(await copied("retired")),
  "one of another organization": () => inputOf(theirs),
  "one that is not there": () => inputOf({ scenarioId: newId(), key: "none", version: 1 }),
});
async function resolved(department: string): Promise<string> {
  const { id: ticketId } = await table.asSofia<{ id: string }>("tickets.open", {
    title: "Done",
    description: "",
    customerId: table.idOf("nora"),
    departmentId: table.idOf(department),
  });
  await table.asSofia("tickets.setStatus", { ticketId, version: 1, status: "resolved" });
  return ticketId;
}
const id = ({ scenarioId }: Copied) => ({ scenarioId });
const versioned = ({ scenarioId, version }: Copied) => ({ scenarioId, version });

const cases: Record<string, Cases> = {
  "scenarios.activate": onScenarios(versioned),
  "scenarios.check": { "": () => ({ yaml: "title: nothing" }) },
  "scenarios.create": { "what is no scenario": () => ({ yaml: "title: nothing" }) },
  "scenarios.definition": onScenarios(id),
  "scenarios.draftFromTicket": {
    "Nora's resolved one in technical support": async () => ({
      ticketId: await resolved("Technical support"),
    }),
    "Nora's resolved one in billing": async () => ({ ticketId: await resolved("Billing and accounts") }),
    "of another organization": () => ({ ticketId: table.idOf("ticket of hanna@fjordrides.example") }),
    "that is not there": () => ({ ticketId: newId() }),
  },
  "scenarios.get": onScenarios(id),
  "scenarios.list": {
    "what is offered": () => ({}),
    drafts: () => ({ state: "draft" }),
    "what is retired": () => ({ state: "retired" }),
  },
  "scenarios.retire": onScenarios(versioned),
  "scenarios.revisions": onScenarios(({ key }) => ({ key })),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
