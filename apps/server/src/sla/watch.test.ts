import { inParallel, startServer, type TestServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";
import { WorkerProcess } from "../worker/process.fixtures.ts";

const TICKETS = 300;

const escalations = [
  { metric: "first_response", afterDueSeconds: 0, action: { kind: "raise_priority", priority: null } },
  {
    metric: "first_response",
    afterDueSeconds: 2,
    action: { kind: "notify", roles: ["manager"], userIds: [] },
  },
];

/** Every hour counts: a first response is due three seconds after the opening, and then the resolution's warning comes. */
async function hurry({ resources: { sql } }: TestServer): Promise<void> {
  const day = JSON.stringify([["00:00", "24:00"]]);
  const week = `{${["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((name) => `"${name}":${day}`).join(",")}}`;
  await sql`delete from calendar_holidays`;
  await sql.unsafe("update business_calendars set hours = $1::text::jsonb, version = version + 1", [week]);
  await sql.unsafe(
    `update sla_policies set first_response_target_seconds = 3, resolution_target_seconds = 36000,
    conditions = '{}', warnings = '{"beforeDueSeconds": {"resolution": 35997}}', escalations = $1::text::jsonb, version = version + 1`,
    [JSON.stringify({ steps: escalations })],
  );
}

test("three hundred tickets due at once are told by two workers, one of them killed, each breach, warning and escalation step once", async () => {
  await using server = await startServer();
  const { sql, env } = server.resources;
  await hurry(server);
  // What the seed left running would be told too.
  await sql`update sla_cycles set state = 'cancelled', running_since = null, closed_at = started_at where state in ('running', 'paused')`;
  await using first = new WorkerProcess(env);
  await using _second = new WorkerProcess(env);
  const { api } = await server.as("nora");
  const ids = await inParallel(
    8,
    Array.from({ length: TICKETS }, (_, n) => n),
    async () => (await api.tickets.open.mutate({ title: "Soon", description: "", priority: "high" })).id,
  );
  const told = async () =>
    Number(
      (
        await sql`
        select count(*) as n from ticket_history where kind like 'sla_%' and ticket_id = any(${ids})`
      )[0]!["n"],
    );
  await expect.poll(() => told(), { interval: 20 }).toBeGreaterThan(50);
  await first.kill();
  expect(await told(), "killed in the middle").toBeLessThan(4 * TICKETS);
  await expect.poll(() => told(), { interval: 100 }).toBeGreaterThanOrEqual(4 * TICKETS);
  await new Promise((done) => setTimeout(done, 1_500));

  const rows = await sql<{ metric: string; kind: string; n: number; tickets: number; outbox: number }[]>`
    select h.changes -> 'metric' -> 'to' ->> 'id' as metric,
      coalesce(h.changes -> 'action' -> 'to' ->> 'id', h.kind) as kind, count(*) as n,
      count(distinct h.ticket_id) as tickets, count(e.id) as outbox
    from ticket_history h
    left join events e on e.organization_id = h.organization_id and e.ticket_id = h.ticket_id and e.sequence = h.sequence
    where h.kind like 'sla_%' and h.ticket_id = any(${ids}) and h.actor_kind = 'system' group by 1, 2 order by 1, 2`;
  const once_ = { n: TICKETS, tickets: TICKETS, outbox: TICKETS };
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { metric: "first_response", kind: "notify", ...once_ },
    { metric: "first_response", kind: "raise_priority", ...once_ },
    { metric: "first_response", kind: "sla_breached", ...once_ },
    { metric: "resolution", kind: "sla_warning", ...once_ },
  ]);
  const wrong = await sql`
    select t.number from tickets t join sla_cycles c on c.organization_id = t.organization_id and c.ticket_id = t.id
    where t.id = any(${ids}) and ((c.metric = 'first_response') <> (c.breached_at is not null) or c.breached_at <> c.due_at
      or (c.metric = 'resolution') <> (c.warned_at is not null)
      or t.last_event_sequence <> (select count(*) from ticket_history h where h.ticket_id = t.id))`;
  expect(wrong).toHaveLength(0);
  const early = await sql`
    select h.id from ticket_history h where h.kind = 'sla_breached' and h.ticket_id = any(${ids})
      and h.at <= (h.changes -> 'due' -> 'to' ->> 'id')::timestamptz`;
  expect(early).toHaveLength(0);
  const twice = await sql`
    select user_id from notifications where kind = 'sla_breached' and ticket_id = any(${ids})
    group by user_id, ticket_id having count(*) > 1`;
  expect(twice).toHaveLength(0);
  const raised = await sql`
    select priority, count(*) as n from tickets where id = any(${ids}) group by 1`;
  expect(raised.map((row) => ({ ...row }))).toEqual([{ priority: "urgent", n: TICKETS }]);
  const escalated = await sql`
    select 1 from notifications where kind = 'sla_escalated' and ticket_id = any(${ids})
    group by user_id, ticket_id having count(*) = 1`;
  expect(escalated.length).toBeGreaterThanOrEqual(TICKETS);
  const managers =
    await sql`select 1 from notifications where kind in ('sla_breached', 'sla_escalated') and ticket_id = any(${ids})`;
  expect(managers.length).toBeGreaterThanOrEqual(TICKETS);
});
