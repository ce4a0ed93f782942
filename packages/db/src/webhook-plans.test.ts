import { afterAll, beforeAll, expect, test } from "vitest";
import { type Plan, type PlannedDatabase, nodesOf, organizationId, planOn } from "./plans.fixtures.ts";
import { listDeliveries } from "./repositories/webhook-deliveries.ts";
import {
  claimLanes,
  endLane,
  findDueWebhooks,
  findNextDelivery,
  insertAttempt,
} from "./repositories/webhook-sending.ts";
import { seededId } from "./seed/ids.ts";

const webhookId = seededId("busy webhook");
const subjectId = seededId("busy ticket");
const now = "2026-03-02T08:00:00.000Z";

let database: PlannedDatabase;

beforeAll(async () => {
  database = await planOn();
  // Each of 5,000 tickets has three deliveries that arrived and one that waits.
  await database.sql.unsafe(`
    insert into webhooks (organization_id, id, name, url, sealed_secret, event_kinds, active_since, created_at, updated_at)
    values ('${organizationId}', '${webhookId}', 'Busy', 'https://busy.example/', '', '{*}', '${now}', '${now}', '${now}');
    insert into webhook_deliveries (organization_id, id, webhook_id, event_id, subject_id, sequence, kind, event_at, state,
      created_at, give_up_at, ended_at)
    select '${organizationId}', gen_random_uuid(), '${webhookId}', gen_random_uuid(), md5('t' || ticket)::uuid, n, 'reply_added',
      '${now}', case n when 4 then 'pending' else 'delivered' end, timestamptz '${now}' + ticket * interval '1 second',
      '${now}', case n when 4 then null else timestamptz '${now}' end
    from generate_series(1, 5000) ticket, generate_series(1, 4) n;
    insert into webhook_lanes (organization_id, webhook_id, subject_id, is_ping, due_at)
    select organization_id, webhook_id, subject_id, false, timestamptz '${now}' + sequence * interval '1 day'
    from webhook_deliveries where state = 'pending';
    insert into webhook_attempts (organization_id, id, delivery_id, at, duration_ms)
    select organization_id, gen_random_uuid(), id, '${now}', 20 from webhook_deliveries;
    analyze`);
});

afterAll(() => database[Symbol.asyncDispose]());

const large = ["webhook_deliveries", "webhook_lanes", "webhook_attempts"];

const scanned = (plans: Plan[]): string[] =>
  plans
    .flatMap(nodesOf)
    .filter((node) => node["Node Type"] === "Seq Scan" && large.includes(node["Relation Name"] ?? ""))
    .map((node) => node["Relation Name"]!);

const lane = { webhookId, subjectId, claimId: seededId("claim") };
const attempt = {
  id: seededId("attempt"),
  deliveryId: seededId("delivery"),
  at: now,
  durationMs: 20,
  responseStatus: 200,
  problem: null,
  answer: "",
  state: "delivered" as const,
  now,
};
const claim = { webhookId, isActive: true, claimId: lane.claimId, wanted: 10, atOnce: 10, now, until: now };

test.each([
  ["which webhooks have something due", (via) => findDueWebhooks(via, { now })],
  ["claiming lanes", (via) => claimLanes(via, claim)],
  ["the first delivery of a lane", (via) => findNextDelivery(via, lane)],
  ["writing what came of an attempt", (via) => insertAttempt(via, attempt)],
  ["ending a lane", (via) => endLane(via, lane)],
] as [string, Parameters<PlannedDatabase["plansOf"]>[0]][])(
  "%s reads by an index, whatever waits",
  async (_, run) => {
    const plans = await database.plansOf(run);
    expect(plans.length).toBeGreaterThan(0);
    expect(scanned(plans)).toEqual([]);
  },
);

test("a page of the log reads by an index, of all and of one ticket", async () => {
  const list = (ticketId: string | null) =>
    database.plansOf((via) =>
      listDeliveries(via, { webhookId, state: null, ticketId, limit: 51, afterAt: null, afterId: null }),
    );
  expect(scanned(await list(null))).toEqual([]);
  // It is planned anew for each reading.
  const [known] = await list(subjectId);
  expect(scanned([known!])).toEqual([]);
  const [counterproof] = await database.plansOf((via) => via.send("select * from webhook_deliveries", []));
  expect(scanned([counterproof!])).toEqual(["webhook_deliveries"]);
});
