import { afterAll, beforeAll, expect, test } from "vitest";
import { type Plan, type PlannedDatabase, nodesOf, organizationId, planOn } from "./plans.fixtures.ts";
import { conditionValues } from "./repositories/ticket-conditions.ts";
import {
  complianceOf,
  listReportedTickets,
  satisfactionOf,
  timesOf,
  workloadOf,
} from "./repositories/reports/index.ts";
import type { Unit } from "./unit.ts";

let database: PlannedDatabase;

beforeAll(async () => {
  database = await planOn();
  const fill = (text: string) =>
    database.sql.unsafe(text.replaceAll("$organization", `'${organizationId}'::uuid`));
  await fill(`
    insert into ticket_history (organization_id, id, ticket_id, sequence, kind, actor_kind, at, changes)
    select $organization, gen_random_uuid(), t.id, 100 + n, case n when 1 then 'status_changed' else 'assignee_changed' end, 'system', t.created_at,
      '{"status": {"from": {"id": "open"}, "to": {"id": "resolved"}}}'
    from tickets t, generate_series(1, 2) n where t.organization_id = $organization and t.number > 1000`);
  await fill(`
    insert into sla_cycles (organization_id, id, ticket_id, metric, ordinal, state, policy_id, policy_version, reason, stands_waiting, stands_done,
      calendar_id, calendar_version, target_seconds, started_at, satisfied_at, closed_at, breached_at)
    select $organization, gen_random_uuid(), t.id, 'first_response', 1, 'satisfied', p.id, 1, '{}', true, true, p.calendar_id, 1, 3600,
      t.created_at, t.created_at, t.created_at, case when t.number % 3 = 0 then t.created_at end
    from tickets t, (select id, calendar_id from sla_policies where organization_id = $organization limit 1) p
    where t.organization_id = $organization and t.number > 1000`);
  await fill(`
    insert into ticket_ratings (organization_id, id, ticket_id, resolved_at, token_hash, created_at, expires_at)
    select $organization, gen_random_uuid(), t.id, t.resolved_at, encode(sha256(t.id::text::bytea), 'hex'), t.resolved_at, t.resolved_at + interval '30 days'
    from tickets t where t.organization_id = $organization and t.resolved_at is not null and t.number > 1000`);
  for (const table of ["ticket_history", "sla_cycles", "ticket_ratings", "tickets"])
    await database.sql.unsafe(`vacuum analyze ${table}`);
});

afterAll(() => database[Symbol.asyncDispose]());

const shape = { scope: "organization", filters: [] } as const;
const grouped = { scope: shape.scope, filters: [], by: ["agent" as const], isTimed: false };

/** Half a day of the month that there is. */
const values = {
  ...conditionValues({}),
  readerId: organizationId,
  departmentIds: "{}",
  from: "2026-02-10T00:00:00.000Z",
  until: "2026-02-10T12:00:00.000Z",
  now: "2026-02-10T12:00:00.000Z",
  starts: "{}",
};

const scansOf = async (run: (via: Unit) => Promise<unknown>) => {
  // Reports are not prepared: the plans for their values are those that are used.
  const plans = (await database.plansOf(run)).filter((_, place) => place % 2 === 0);
  return plans.flatMap(nodesOf);
};

const indexesIn = (nodes: Plan[]): string[] => nodes.flatMap((node) => node["Index Name"] ?? []);
const whollyRead = (nodes: Plan[]): string[] =>
  nodes.flatMap((node) => (node["Node Type"] === "Seq Scan" ? [node["Relation Name"]!] : []));

test.each([
  [
    "a workload",
    "ticket_history",
    "ticket_history_work_index",
    (via: Unit) => workloadOf({ ...shape, filters: [], agents: "all" })(via, values),
  ],
  [
    "compliance",
    "sla_cycles",
    "sla_cycles_satisfied_index",
    (via: Unit) => complianceOf(grouped)(via, values),
  ],
  [
    "compliance",
    "sla_cycles",
    "sla_cycles_breached_index",
    (via: Unit) => complianceOf(grouped)(via, values),
  ],
  [
    "times",
    "sla_cycles",
    "sla_cycles_satisfied_index",
    (via: Unit) => timesOf({ ...grouped, metric: "first_response", clock: "business" })(via, values),
  ],
  [
    "satisfaction",
    "ticket_ratings",
    "ticket_ratings_created_index",
    (via: Unit) => satisfactionOf(grouped)(via, values),
  ],
  [
    "a list",
    "tickets",
    "tickets_created_index",
    (via: Unit) =>
      listReportedTickets({ ...shape, filters: [], isFirst: true, limit: 1_000 })(via, {
        ...values,
        afterAt: null,
        afterId: null,
      }),
  ],
] as const)("%s of half a day reads no more of %s than that day, by %s", async (_, table, index, run) => {
  const nodes = await scansOf(run);
  expect(indexesIn(nodes)).toContain(index);
  expect(whollyRead(nodes)).not.toContain(table);
});

test("a year of it would be seen", async () => {
  const year = { ...values, from: "2025-02-10T00:00:00.000Z", until: "2026-12-10T12:00:00.000Z" };
  expect(whollyRead(await scansOf((via) => complianceOf(grouped)(via, year)))).toContain("sla_cycles");
});
