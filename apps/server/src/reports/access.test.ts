import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases, type Role, people } from "@helpdesk/testing/access";
import { accessTokenOf, call } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("reports."));

interface Thing {
  id: string;
  version: number;
}

let table: AccessTable;
let theirs: Thing | undefined;
const tokens = new Map<string, string>();

const period = { from: "2026-01-01T00:00:00.000Z", until: "2026-02-01T00:00:00.000Z" };
const workload = { kind: "workload", period, zone: "Europe/Berlin" };
const counts = { kind: "counts", period, zone: "Europe/Berlin", by: ["department"] };
const newReport = (definition: object, rest: object = {}) => ({
  name: `r${randomUUID()}`,
  definition,
  ...rest,
});

/** There may only be so many: those of long ago make room, but for the other organization's. */
const makeRoom = () => table.server.resources.sql`
  delete from saved_reports where id in (select id from saved_reports order by created_at desc offset 40)
    and id <> ${theirs?.id ?? randomUUID()}`;

const saved = async (name: string, input: object): Promise<Thing> => {
  await makeRoom();
  const accessToken = tokens.get(name)!;
  const answer = await call(table.server.url, { path: "reports.save", type: "mutation", input, accessToken });
  if (answer.outcome !== "ok") throw new Error(answer.text);
  return answer.data as Thing;
};

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  for (const name of ["yuki", "sofia", "omar", "petra", "ben", "ingrid"])
    tokens.set(name, await accessTokenOf(table.server.url, name));
  theirs = await saved("ingrid", newReport(counts, { isShared: true }));
});

afterAll(() => table.server[Symbol.asyncDispose]());

const shared = (definition: object, department?: string) =>
  saved(
    "sofia",
    newReport(definition, { isShared: true, ...(department && { departmentId: table.idOf(department) }) }),
  );

/** A report of one's own; of whoever cannot have one, somebody's. */
const own = (name: string) => saved(tokens.has(name) ? name : "yuki", newReport(workload));

const onReports = (inputOf: (report: Thing) => unknown): Cases => ({
  "one's own": async (role: Role) => inputOf(await own(people[role] ?? "")),
  "somebody else's own": async () => inputOf(await own("yuki")),
  "everybody's, of the agents' workload": async () => inputOf(await shared(workload)),
  "everybody's, of anything else": async () => inputOf(await shared(counts)),
  "of technical support, of the agents' workload": async () =>
    inputOf(await shared(workload, "Technical support")),
  "of technical support, of anything else": async () => inputOf(await shared(counts, "Technical support")),
  "of billing": async () => inputOf(await shared(workload, "Billing and accounts")),
  "of another organization": () => inputOf(theirs!),
  "that is not there": () => inputOf({ id: randomUUID(), version: 1 }),
});

const onDefinitions = (inputOf: (definition: object) => unknown): Cases => ({
  workload: () => inputOf(workload),
  ...Object.fromEntries(
    [
      counts,
      { kind: "volume", interval: "week" },
      { kind: "times", metric: "resolution" },
      { kind: "compliance", by: ["agent"] },
      { kind: "satisfaction" },
      { kind: "tickets" },
      { kind: "ratings" },
    ].map((definition) => [definition.kind, () => inputOf({ ...workload, ...definition })]),
  ),
});

const cases: Record<string, Cases> = {
  "reports.csvUrl": onDefinitions((definition) => ({ definition })),
  "reports.delete": onReports(({ id, version }) => ({ reportId: id, version })),
  "reports.get": onReports(({ id }) => ({ reportId: id })),
  "reports.list": { "": () => undefined },
  "reports.run": onDefinitions((definition) => ({ definition })),
  "reports.runSaved": onReports(({ id }) => ({ reportId: id })),
  "reports.save": {
    "workload, for oneself": () => newReport(workload),
    "anything else, for oneself": () => newReport(counts),
    "for everybody": () => newReport(workload, { isShared: true }),
    "for technical support": () =>
      newReport(workload, { isShared: true, departmentId: table.idOf("Technical support") }),
    "for billing": () =>
      newReport(workload, { isShared: true, departmentId: table.idOf("Billing and accounts") }),
    "for a department of another organization": () =>
      newReport(workload, { isShared: true, departmentId: table.idOf("Workshop") }),
  },
  "reports.savedCsvUrl": onReports(({ id }) => ({ reportId: id })),
  "reports.update": onReports(({ id, version }) => ({ reportId: id, version, name: `r${randomUUID()}` })),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path).toSorted());
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
