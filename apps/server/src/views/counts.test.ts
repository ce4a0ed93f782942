import type { HelpdeskApi, RouterInputs, RouterOutputs } from "@helpdesk/client";
import { findCellDrift, read } from "@helpdesk/db";
import { inParallel, type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { fold, keepFolding } from "./fold.ts";

type Conditions = RouterInputs["views"]["create"]["conditions"];

/** Who sees every ticket, those of their departments, and who is a customer and in copy of others besides. */
const readers = ["sofia", "petra", "ben", "carla"] as const;

let server: TestServer;
const api: Record<string, HelpdeskApi> = {};
let idOf: Map<string, string>;

beforeAll(async () => {
  server = await startServer();
  for (const name of [...readers, "nora", "tom", "yuki"]) api[name] = (await server.as(name)).api;
  const rows = await server.resources.sql<{ name: string; id: string }[]>`
    select split_part(email, '@', 1) as name, id from users union all select name, id from departments`;
  idOf = new Map(rows.map(({ name, id }) => [name, id]));
  await openSome();
});

afterAll(() => server[Symbol.asyncDispose]());

const departments = [null, "Technical support", "Billing and accounts"] as const;
const priorities = ["low", "medium", "high", "urgent"] as const;
const tagSets = [[], ["bug"], ["bug", "api"], ["refund"], ["api", "bug", "refund"]];

async function openSome(): Promise<void> {
  await inParallel(8, [...Array(40).keys()], async (i) => {
    const department = departments[i % 3]!;
    const { id } = await api["sofia"]!.tickets.open.mutate({
      title: `Counted ${i}`,
      description: "",
      priority: priorities[i % 4],
      source: i % 5 === 0 ? "phone" : "email",
      departmentId: department && idOf.get(department)!,
      // Ben is the customer of some that he would not see for his work.
      customerId: idOf.get(i % 7 === 0 ? "ben" : i % 2 === 0 ? "nora" : "tom")!,
    });
    const tags = tagSets[i % 5]!;
    const { version } = await api["sofia"]!.tickets.setTags.mutate({ ticketId: id, version: 1, tags });
    if (i % 4 === 1)
      await api["sofia"]!.tickets.setStatus.mutate({ ticketId: id, version, status: "waiting" });
    if (i % 4 === 2)
      await api["sofia"]!.tickets.setStatus.mutate({ ticketId: id, version, status: "closed" });
    if (i % 4 === 3) await api["sofia"]!.tickets.take.mutate({ ticketId: id });
  });
}

async function numberListed(name: string, viewId: string): Promise<number> {
  const ids = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: RouterOutputs["views"]["tickets"] = await api[name]!.views.tickets.query({
      viewId,
      cursor,
      limit: 25,
    });
    for (const { id } of page.items) ids.add(id);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids.size;
}

const asked = (): Conditions[] => [
  {},
  { isOpen: true },
  { isOpen: false },
  { statuses: ["waiting", "closed"] },
  { categories: ["closed", "open"], isOpen: true },
  { priorities: ["urgent", "low"] },
  { sources: ["phone"] },
  { departments: ["mine"] },
  { departments: ["none"] },
  { departments: ["mine", "none"], assignees: ["none"] },
  { departments: [idOf.get("Billing and accounts")!] },
  { departments: [idOf.get("Billing and accounts")!, "none"] },
  { assignees: ["me"] },
  { assignees: ["me", "none"] },
  { assignees: [idOf.get("sofia")!, idOf.get("ben")!] },
  { assignees: [idOf.get("sofia")!], isOpen: true },
  { customerId: idOf.get("nora")! },
  { customerId: idOf.get("ben")!, isOpen: true },
  { customerId: idOf.get("tom")!, tags: ["bug"] },
  { tags: ["bug"] },
  { tags: ["refund", "api"] },
  { allTags: ["bug", "api"] },
  { noTags: ["bug"] },
  { noTags: ["bug"], isOpen: true, priorities: ["high", "low"] },
  { tags: ["api", "refund"], noTags: ["sign-in"] },
  { tags: ["bug"], allTags: ["api"], noTags: ["refund"] },
];

async function sharedViews(): Promise<string[]> {
  const made = await inParallel(4, asked(), (conditions) =>
    api["sofia"]!.views.create.mutate({ name: JSON.stringify(conditions), conditions, isShared: true }),
  );
  const due = await api["sofia"]!.views.create.mutate({
    name: "By due",
    conditions: { noTags: ["bug"] },
    orderBy: "resolution_due_at",
    direction: "asc",
    isShared: true,
  });
  return [...made.map(({ id }) => id), due.id];
}

async function expectCountsAreLists(name: string): Promise<number[]> {
  const views = await api[name]!.views.list.query();
  const listed = await inParallel(4, views, ({ id }) => numberListed(name, id));
  expect(Object.fromEntries(views.map((view) => [view.name, view.count]))).toEqual(
    Object.fromEntries(views.map((view, i) => [view.name, listed[i]])),
  );
  expect((await api[name]!.views.counts.query()).map(({ count }) => count)).toEqual(listed);
  return listed;
}

test("the demo comes with counts that a recount agrees with, and its tickets are in them", async () => {
  const { sql } = server.resources;
  const organizations = await sql<{ id: string; tickets: number; counted: number }[]>`
    select o.id, (select count(*) from tickets t where t.organization_id = o.id) as tickets,
      (select sum(amount) from ticket_cell_changes c where c.organization_id = o.id and tag_ids is null) as counted
    from organizations o`;
  expect(organizations).toHaveLength(2);
  for (const { id, tickets, counted } of organizations) {
    expect(counted).toBe(tickets);
    expect(await findCellDrift(read(sql, id))).toEqual([]);
  }
});

test("the count of every view is the number of tickets that its reader finds on its pages, folded or not", async () => {
  await sharedViews();
  const before = await Promise.all(readers.map(expectCountsAreLists));
  expect(new Set(before.map((counts) => counts.join())).size).toBe(readers.length);
  for (const counts of before) expect(new Set(counts).size).toBeGreaterThan(10);
  expect(await fold(server.resources)).toBeGreaterThan(40);
  expect(await fold(server.resources)).toBe(0);
  expect(await Promise.all(readers.map(expectCountsAreLists))).toEqual(before);
});

test("a ticket that is seen for being its customer counts, and one that is not seen does not", async () => {
  const countOf = async (name: string) =>
    (await api[name]!.views.counts.query({ viewIds: ["all_open"] }))[0]!.count;
  const [before, carlas] = [await countOf("ben"), await countOf("carla")];
  const billing = idOf.get("Billing and accounts")!;
  const opening = { title: "For one", description: "", departmentId: billing };
  await api["sofia"]!.tickets.open.mutate({ ...opening, customerId: idOf.get("nora")! });
  expect([await countOf("ben"), await countOf("carla")]).toEqual([before, carlas + 1]);
  await api["sofia"]!.tickets.open.mutate({ ...opening, customerId: idOf.get("ben")! });
  expect([await countOf("ben"), await countOf("carla")]).toEqual([before + 1, carlas + 2]);
});

test("simulated and archived tickets count nowhere", async () => {
  const { sql } = server.resources;
  const count = async () => (await api["sofia"]!.views.counts.query({ viewIds: ["all_open"] }))[0]!.count;
  const before = await count();
  const { id } = await api["sofia"]!.tickets.open.mutate({ title: "Put away", description: "" });
  expect(await count()).toBe(before + 1);
  await sql`update tickets set archived_at = updated_at where id = ${id}`;
  await api["sofia"]!.views.rebuild.mutate();
  expect(await count()).toBe(before);
  await sql`update tickets set archived_at = null, is_simulated = true where id = ${id}`;
  expect(await api["sofia"]!.views.check.query()).toEqual([]);
  expect(await count()).toBe(before);
});

test("tickets written past the product are found by a check and put right, by two at once too, folded or not", async () => {
  const { sql } = server.resources;
  const drifts = () => api["sofia"]!.views.check.query();
  expect(await drifts()).toEqual([]);
  await fold(server.resources);
  await sql`update tickets set priority = 'urgent' where title = 'Counted 4'`;
  const drift = await drifts();
  expect(
    drift.filter(({ tagIds }) => tagIds === null).map(({ priority, amount }) => `${priority} ${amount}`),
  ).toEqual(["low -1", "urgent 1"]);
  const corrected = await Promise.all([
    api["sofia"]!.views.rebuild.mutate(),
    api["sofia"]!.views.rebuild.mutate(),
  ]);
  expect(corrected.toSorted((a, b) => b.length - a.length)).toEqual([drift, []]);
  expect(await drifts()).toEqual([]);
  await fold(server.resources);
  expect(await drifts()).toEqual([]);
  await Promise.all(readers.map(expectCountsAreLists));
});

test("a worker folds what comes in by itself, until it is told to stop", async () => {
  const { sql } = server.resources;
  const unfolded = async () =>
    (await sql<{ n: number }[]>`select count(*) as n from ticket_cell_changes`)[0]!.n;
  await api["sofia"]!.tickets.open.mutate({ title: "To be folded", description: "" });
  expect(await unfolded()).toBeGreaterThan(0);
  const stop = keepFolding(server.resources);
  try {
    await vi.waitUntil(async () => (await unfolded()) === 0);
  } finally {
    await stop();
  }
  await api["sofia"]!.tickets.open.mutate({ title: "To be left", description: "" });
  expect(await unfolded()).toBeGreaterThan(0);
});
