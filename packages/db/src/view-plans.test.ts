import type { TicketScope } from "@helpdesk/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Plan,
  type PlannedDatabase,
  fullScans,
  nodesOf,
  organizationId,
  planOn,
} from "./plans.fixtures.ts";
import { correctCells, findCellDrift, foldCells } from "./repositories/ticket-cells.ts";
import { type Counted, countTickets } from "./repositories/view-counts.ts";
import { seededId } from "./seed/ids.ts";
import { userId } from "./seed/people.ts";
import { type Unit, transact } from "./unit.ts";

const ben = userId("demo", "ben@lumen.example");
const nora = userId("demo", "nora@brightbakery.example");
const support = seededId("demo/department/Technical support");
const status = (key: string) => seededId(`demo/status/${key}`);
const tag = (name: string) => seededId(`demo/tag/${name}`);

let database: PlannedDatabase;

beforeAll(async () => {
  database = await planOn();
  const { sql } = database;
  await transact(sql, organizationId, async (unit) => {
    const drift = await findCellDrift(unit);
    const changes = drift.map((change, n) => ({ ...change, id: seededId(`correction ${n}`) }));
    await correctCells(unit, { changes: JSON.stringify(changes) });
    await foldCells(unit, { limit: 10_000 });
  });
  await sql.unsafe("analyze");
});

afterAll(() => database[Symbol.asyncDispose]());

const ofWork: Counted[] = [
  { conditions: { assigneeIds: [ben], statusIds: [status("open")] }, hasDue: false },
  { conditions: { assigneeIds: [null], departmentIds: [support, null] }, hasDue: false },
  { conditions: { priorities: ["urgent"] }, hasDue: true },
  { conditions: { tagIds: [tag("refund")], noTagIds: [tag("bug")] }, hasDue: false },
  { conditions: { noTagIds: [tag("bug")] }, hasDue: false },
];

const plansOf = (scope: TicketScope, counted: Counted[]): Promise<Plan[]> =>
  database.plansOf((via: Unit) =>
    countTickets(
      via,
      { scope, readerId: scope === "own" ? nora : ben, departmentIds: [support] },
      counted,
    ).catch(() => []),
  );

const indexesOn = (plans: Plan[], table: string): string[] =>
  plans
    .flatMap(nodesOf)
    .filter((node) => node["Relation Name"] === table || node["Index Name"]?.startsWith(`${table}_`))
    .map((node) => node["Index Name"] ?? node["Node Type"]);

test("for who sees every ticket, counting reads no ticket at all where tags are not asked for", async () => {
  const plans = await plansOf(
    "organization",
    ofWork.filter(({ conditions }) => !conditions.tagIds && !conditions.noTagIds),
  );
  expect(indexesOn(plans, "ticket_cells").length).toBeGreaterThan(0);
  expect(indexesOn(plans, "tickets")).toEqual([]);
});

test.for(["organization", "departments", "own"] as const)(
  "in the scope %s, counting reads no tickets but those of one customer, by an index",
  async (scope) => {
    const plans = await plansOf(scope, ofWork);
    expect(plans).toHaveLength(2);
    expect(fullScans(plans)).toEqual([]);
    expect(new Set(indexesOn(plans, "tickets"))).toContain("tickets_customer_index");
    expect(new Set(indexesOn(plans, "tickets"))).not.toContain("tickets_created_index");
  },
);

test("a view of one customer is counted by the customer's index", async () => {
  const plans = await plansOf("organization", [
    { conditions: { customerId: nora }, hasDue: false },
    ...ofWork,
  ]);
  expect(fullScans(plans)).toEqual([]);
  expect(indexesOn(plans, "tickets")).toContain("tickets_customer_index");
});

test("the cells are as they should be, or the plans above would be of an empty table", async () => {
  const [row] = await database.sql<{ counted: number; tickets: number }[]>`
    select (select sum(amount) from ticket_cells where organization_id = ${organizationId} and tag_ids is null) as counted,
      (select count(*) from tickets where organization_id = ${organizationId}) as tickets`;
  expect(row!.counted).toBe(row!.tickets);
  expect(row!.tickets).toBeGreaterThan(6_000);
});
