import { type Instant, plusSeconds } from "@helpdesk/domain";
import { startServer } from "@helpdesk/testing/server";
import { afterEach, expect, test, vi } from "vitest";
import { closeResolved } from "./close-resolved.ts";

const NOW: Instant = "2026-05-26T09:00:00.000Z";
const DAY_SECONDS = 86_400;

afterEach(() => void vi.useRealTimers());

test("a ticket that a merge left resolved, while no status was closed, stays as it is and holds up no sweep", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(NOW) });
  await using server = await startServer({ env: { ACCESS_TOKEN_SECONDS: "3600" } });
  const { sql } = server.resources;
  const [nora, ben, omar] = [
    (await server.as("nora")).api,
    (await server.as("ben")).api,
    (await server.as("omar")).api,
  ];
  const resolved = async () => {
    const { id: ticketId } = await nora.tickets.open.mutate({ title: "Done", description: "" });
    await ben.tickets.take.mutate({ ticketId });
    await ben.tickets.setStatus.mutate({ ticketId, version: 2, status: "resolved" });
    return { ticketId };
  };
  // The demo's own tickets are out of the way, so that its closed status is of no use.
  await sql`
    update tickets t set status_id = s.id, resolved_at = null, closed_at = null, archived_at = t.created_at
    from ticket_statuses s where s.organization_id = t.organization_id and s.key = 'open'`;
  const { version, statuses } = await omar.statuses.list.query();
  const graph = statuses.map(({ isResolved: _isResolved, ...status }) => status);
  const withoutClosed = graph
    .filter(({ category }) => category !== "closed")
    .map((status) => ({ ...status, next: status.next.filter((key) => key !== "closed") }));
  await omar.statuses.save.mutate({ version, statuses: withoutClosed });
  vi.setSystemTime(Date.now() + 1_000);
  const [source, target] = [await resolved(), await resolved()];
  await ben.tickets.merge.mutate({ ...source, version: 3, intoTicketId: target.ticketId });
  expect((await ben.tickets.get.query(source)).status).toBe("resolved");
  await omar.statuses.save.mutate({ version: version + 1, statuses: graph });

  vi.setSystemTime(plusSeconds(NOW, 8 * DAY_SECONDS));
  expect(await closeResolved(server.resources)).toEqual({ closed: 1 });
  expect(await closeResolved(server.resources)).toEqual({ closed: 0 });
  const rows = await sql<{ id: string; closed: boolean }[]>`
    select id, closed_at is not null as closed from tickets where archived_at is null order by number`;
  expect(rows.map(({ closed }) => closed)).toEqual([false, true]);
});
