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
  expect(await tellDue(server.resources)).toBe(0);
  expect(await breaches()).toBe(before + overdue.length);
  expect(await sql`select 1 from sla_cycles where state = 'running' and breached_at is null`).toHaveLength(0);
});
