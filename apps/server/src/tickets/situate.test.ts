import { lockTicket, transact } from "@helpdesk/db";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";
import { situate } from "./situate.ts";

test("who waited for a ticket sees its clocks as the other one left them", async () => {
  await using server = await startServer();
  const { sql, desks, runtime, jobs } = server.resources;
  const [row] = await sql<{ organizationId: string; ticketId: string }[]>`
    select c.organization_id as "organizationId", c.ticket_id as "ticketId" from sla_cycles c
    join organizations o on o.id = c.organization_id and o.slug = 'demo' where c.state = 'running' limit 1`;
  const { organizationId, ticketId } = row!;
  const ctx = {
    actor: { kind: "system" as const, organizationId },
    now: runtime.now(),
    newId: runtime.newId,
    desk: await desks.of(organizationId),
    jobs,
  };
  let second: ReturnType<typeof situate> | undefined;
  await transact(sql, organizationId, async (first) => {
    await lockTicket.first(first, { ticketId });
    second = transact(sql, organizationId, (unit) => situate(ctx, unit, ticketId));
    await expect
      .poll(
        () =>
          sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      .toHaveLength(1);
    await first.send("update sla_cycles set target_seconds = 12345 where ticket_id = $1", [ticketId]);
  });
  const { cycles } = await second!;
  expect(cycles.map(({ targetSeconds }) => targetSeconds)).toEqual(cycles.map(() => 12_345));
});
