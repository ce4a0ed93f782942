import { setTimeout as wait } from "node:timers/promises";
import type { HelpdeskApi } from "@helpdesk/client";
import { findCellDrift, read } from "@helpdesk/db";
import { type TestServer, inParallel, startServer } from "@helpdesk/testing/server";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fold } from "./fold.ts";

const CHANGES = 2_000;
const PATIENCE_MS = 180_000;
const names = ["sofia", "omar", "petra", "marcus", "ben", "yuki", "carla", "devon"];
const statuses = ["open", "in_progress", "waiting", "resolved", "closed"];
const priorities = ["low", "medium", "high", "urgent"] as const;
const tags = ["api", "bug", "import", "refund"];

/** One change, drawn at random; what it comes to depends on all others. */
const changeOf = fc.record({
  by: fc.constantFrom(...names),
  kind: fc.constantFrom("open", "take", "status", "priority", "department", "tags", "bulk", "reopen"),
  ticket: fc.nat(1_000),
  pick: fc.nat(1_000),
  tags: fc.subarray(tags),
});
type Change = typeof changeOf extends fc.Arbitrary<infer T> ? T : never;

test(
  "counts are those of a recount at every moment of thousands of changes at once while two workers fold",
  { timeout: PATIENCE_MS },
  async () => {
    await using server = await startServer();
    const desk = await deskOf(server);
    const changes = fc.sample(changeOf, { numRuns: CHANGES, seed: 7 });
    const { resources } = server;
    let running = true;
    const folding = [1, 2].map(async () => {
      let folded = 0;
      while (running) {
        folded += await fold(resources);
        await wait(20);
      }
      return folded;
    });
    const drifts: unknown[] = [];
    let looks = 0;
    const looking = (async () => {
      while (running) {
        drifts.push(...(await findCellDrift(read(resources.sql, desk.organizationId))));
        looks++;
        await wait(50);
      }
    })();
    const outcomes = await inParallel(16, changes, (change) => desk.make(change));
    running = false;
    const [folded] = await Promise.all([Promise.all(folding), looking]);
    expect(drifts).toEqual([]);
    expect(looks).toBeGreaterThan(10);
    expect(Math.min(...folded)).toBeGreaterThan(0);
    // Enough of them changed something, or nothing is proven.
    expect(outcomes.filter((outcome) => outcome === "ok").length).toBeGreaterThan(CHANGES / 2);
    while ((await fold(resources)) > 0);
    expect(await findCellDrift(read(resources.sql, desk.organizationId))).toEqual([]);
    const [left] = await resources.sql<{ changes: number; tickets: number; counted: number }[]>`
    select (select count(*) from ticket_cell_changes) as changes,
      (select count(*) from tickets where organization_id = ${desk.organizationId}) as tickets,
      (select sum(amount) from ticket_cells where organization_id = ${desk.organizationId} and tag_ids is null) as counted`;
    expect(left).toMatchObject({ changes: 0, counted: left!.tickets });
  },
);

async function deskOf(server: TestServer) {
  const api = new Map<string, HelpdeskApi>();
  for (const name of names) api.set(name, (await server.as(name)).api);
  const departments = (await api.get("sofia")!.departments.list.query()).map(({ id }) => id);
  const rows = await server.resources.sql<{ id: string; organizationId: string }[]>`
    select t.id, t.organization_id as "organizationId" from tickets t
    join organizations o on o.id = t.organization_id and o.slug = 'demo'`;
  const ids = rows.map(({ id }) => id);
  const { organizationId } = rows[0]!;

  async function make({ by, kind, ticket, pick, tags: drawn }: Change): Promise<string> {
    const { tickets } = api.get(by)!;
    const ticketId = ids[ticket % ids.length]!;
    const departmentId = [null, ...departments][pick % (departments.length + 1)]!;
    const priority = priorities[pick % 4]!;
    const status = statuses[pick % 5]!;
    const on = async () => ({ ticketId, version: (await tickets.get.query({ ticketId })).version });
    const made = {
      open: async () => {
        const title = "One more";
        ids.push((await tickets.open.mutate({ title, description: "", priority, departmentId })).id);
      },
      take: () => tickets.take.mutate({ ticketId }),
      status: async () => tickets.setStatus.mutate({ ...(await on()), status }),
      priority: async () => tickets.setPriority.mutate({ ...(await on()), priority }),
      department: async () => tickets.setDepartment.mutate({ ...(await on()), departmentId }),
      tags: async () => tickets.setTags.mutate({ ...(await on()), tags: drawn }),
      reopen: async () => tickets.reopen.mutate({ ...(await on()), reason: "Again" }),
      bulk: () =>
        tickets.bulk.mutate({
          ticketIds: [0, 1, 2].map((next) => ids[(ticket + next) % ids.length]!),
          change: { priority, addTags: drawn },
        }),
    }[kind];
    // Many are refused: of a stale version, of a closed ticket, of a way that is not there.
    return made().then(
      () => "ok",
      () => "refused",
    );
  }
  return { organizationId, make };
}
