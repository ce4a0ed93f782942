import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";
import { tellDue } from "./tell-due.ts";

test("of several who look at the same clocks at once, one tells each, and the next has nothing to tell", async () => {
  await using server = await startServer();
  const { sql } = server.resources;
  // The stories of the seed ended long ago: all that still runs is overdue.
  const overdue = await sql`select 1 from sla_cycles where state = 'running' and breached_at is null`;
  expect(overdue.length).toBeGreaterThan(5);
  const breaches = async () => (await sql`select 1 from ticket_history where kind = 'sla_breached'`).length;
  const before = await breaches();
  const told = await Promise.all(Array.from({ length: 4 }, () => tellDue(server.resources)));
  expect(Math.max(...told)).toBeGreaterThan(0);
  // A priority raised meanwhile may have steps of its own: a look or two more, and there is nothing left.
  const later = [];
  for (let look = 0; look < 5; look += 1) later.push(await tellDue(server.resources));
  expect(later.at(-1)).toBe(0);
  const broken = await sql`select 1 from sla_cycles where breached_at is not null`;
  expect(await breaches()).toBe(broken.length);
  // A raised priority is another promise, which is over as well.
  expect(broken.length).toBeGreaterThanOrEqual(before + overdue.length);
  expect(await sql`select 1 from sla_cycles where state = 'running' and breached_at is null`).toHaveLength(0);
});
