import { type HelpdeskApi, isRefusal, type RouterInputs, type RouterOutputs } from "@helpdesk/client";
import { inParallel, type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

type ListInput = Exclude<RouterInputs["tickets"]["list"], void | undefined>;
type Summary = RouterOutputs["tickets"]["list"]["items"][number];

/** Who sees every ticket of the organization, those of their departments, and their own. */
const people = ["sofia", "ben", "nora"] as const;

let server: TestServer;
const api: Record<string, HelpdeskApi> = {};

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-06-01T08:00:00.000Z") });
  server = await startServer();
  for (const name of ["sofia", "petra", "ben", "nora", "tom"]) api[name] = (await server.as(name)).api;
  const departments = await api["nora"]!.departments.list.query();
  const departmentIds = [null, ...departments.map(({ id }) => id)];
  const priorities = ["low", "medium", "high", "urgent"] as const;
  // Eight at each instant, so that pages end between tickets that only their ids tell apart.
  for (let round = 0; round < 6; round++) {
    vi.setSystemTime(Date.parse("2026-06-01T08:00:00.000Z") + round * 60_000);
    const opened = await inParallel(8, [0, 1, 2, 3, 4, 5, 6, 7], (i) =>
      api[i % 2 === 0 ? "nora" : "tom"]!.tickets.open.mutate({
        title: `Round ${round}, ${i}`,
        description: "",
        priority: priorities[(round + i) % 4],
        departmentId: departmentIds[i % departmentIds.length],
      }),
    );
    const [first, second, third] = [opened[0]!, opened[1]!, opened[2]!];
    await api["ben"]!.tickets.take.mutate({ ticketId: first.id });
    await api["sofia"]!.tickets.setStatus.mutate({
      ticketId: second.id,
      version: second.version,
      status: "resolved",
    });
    await api["sofia"]!.tickets.setStatus.mutate({
      ticketId: third.id,
      version: third.version,
      status: "waiting",
    });
  }
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

async function walk(name: string, input: ListInput): Promise<Summary[]> {
  const items: Summary[] = [];
  let cursor: string | null = null;
  do {
    const page: RouterOutputs["tickets"]["list"] = await api[name]!.tickets.list.query({ ...input, cursor });
    expect(page.items.length).toBeLessThanOrEqual(input.limit ?? 50);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

const idsOf = (tickets: Summary[]) => tickets.map(({ id }) => id);

test.for(people)("a list shows %s exactly the tickets that can be read one by one", async (name) => {
  const all = await server.resources.sql<{ id: string }[]>`select id from tickets`;
  const readable = await inParallel(4, all, ({ id }) =>
    api[name]!.tickets.get.query({ ticketId: id }).then(
      () => [id],
      (error: unknown) => (isRefusal(error, "ticket.not_found") ? [] : Promise.reject(error)),
    ),
  );
  const listed = idsOf(await walk(name, {}));
  expect(listed.toSorted()).toEqual(readable.flat().toSorted());
  expect(listed.length).toBeGreaterThan(20);
  expect(listed.length).toBeLessThan(all.length);
});

test.for(people)(
  "%s sees tickets that only their ids tell apart, or the pages below would prove less",
  async (name) => {
    const tickets = await walk(name, {});
    expect(new Set(tickets.map(({ createdAt }) => createdAt)).size).toBeLessThan(tickets.length - 7);
    expect(new Set(tickets.map(({ updatedAt }) => updatedAt)).size).toBeLessThan(tickets.length - 7);
  },
);

const orders = {
  created_at: ({ createdAt }: Summary) => createdAt,
  updated_at: ({ updatedAt }: Summary) => updatedAt,
  resolution_due_at: ({ resolutionDueAt }: Summary) => resolutionDueAt,
};

for (const name of people) {
  for (const orderBy of Object.keys(orders) as (keyof typeof orders)[]) {
    test.for(["asc", "desc"] as const)(
      `pages by ${orderBy} %s show ${name} every ticket once, in order`,
      async (direction) => {
        const valueOf = orders[orderBy];
        const expected = (await walk(name, { limit: 100 }))
          .filter((ticket) => valueOf(ticket) !== null)
          .map((ticket) => `${valueOf(ticket)} ${ticket.id}`)
          .toSorted();
        if (direction === "desc") expected.reverse();
        const walked = await walk(name, { orderBy, direction, limit: 7 });
        expect(walked.map((ticket) => `${valueOf(ticket)} ${ticket.id}`)).toEqual(expected);
      },
    );
  }
}

test("each filter shows exactly what it names, alone and with another", async () => {
  const all = await walk("sofia", {});
  const ben = all.find(({ assignee }) => assignee?.name === "Ben Okafor")!.assignee!.id;
  const nora = all.find(({ customer }) => customer.name === "Nora Fischer")!.customer.id;
  const support = all.find(({ department }) => department?.name === "Technical support")!.department!.id;
  const filters: [ListInput, (ticket: Summary) => boolean][] = [
    [{ isOpen: true }, ({ resolvedAt }) => resolvedAt === null],
    [{ isOpen: false }, ({ resolvedAt }) => resolvedAt !== null],
    [{ statuses: ["waiting", "closed"] }, ({ status }) => status === "waiting" || status === "closed"],
    [{ priorities: ["urgent"] }, ({ priority }) => priority === "urgent"],
    [{ assignees: [ben] }, ({ assignee }) => assignee?.id === ben],
    [{ assignees: ["none"] }, ({ assignee }) => assignee === null],
    [{ departments: [support] }, ({ department }) => department?.id === support],
    [{ departments: ["none"] }, ({ department }) => department === null],
    [{ customerId: nora }, ({ customer }) => customer.id === nora],
    [
      { categories: ["waiting", "resolved"] },
      ({ statusCategory }) => /waiting|resolved/.test(statusCategory),
    ],
    [{ sources: ["email", "phone"] }, ({ source }) => source === "email" || source === "phone"],
  ];
  for (const [input, matches] of filters) {
    const listed = await walk("sofia", { ...input, limit: 10 });
    expect(idsOf(listed), JSON.stringify(input)).toEqual(idsOf(all.filter(matches)));
    expect(listed.length).toBeGreaterThan(0);
    expect(listed.length).toBeLessThan(all.length);
    for (const [other, otherMatches] of filters) {
      const both = await walk("sofia", { ...input, ...other });
      const isSameField = Object.keys(input)[0] === Object.keys(other)[0];
      const expected = all.filter((ticket) => otherMatches(ticket) && (isSameField || matches(ticket)));
      expect(idsOf(both), JSON.stringify({ ...input, ...other })).toEqual(idsOf(expected));
    }
  }
});

test("a cursor belongs to its order; one of another, or a made-up one, is refused", async () => {
  const { nextCursor } = await api["sofia"]!.tickets.list.query({ limit: 1 });
  expect(nextCursor).not.toBeNull();
  await expect(api["sofia"]!.tickets.list.query({ cursor: nextCursor })).resolves.toBeDefined();
  const madeUp = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString("base64url");
  const { id } = (await walk("sofia", { limit: 100 }))[0]!;
  const wrong: ListInput[] = [
    { cursor: nextCursor, direction: "asc" },
    { cursor: nextCursor, orderBy: "updated_at" },
    { cursor: "" },
    { cursor: "no cursor at all" },
    { cursor: madeUp(["created_at desc", "yesterday", id]) },
    { cursor: madeUp(["created_at desc", "2026-02-30T00:00:00.000Z", id]) },
    { cursor: madeUp(["created_at desc", "0000-01-01T00:00:00.000Z", id]) },
    { cursor: madeUp(["created_at desc", "2026-02-01T00:00:00.000Z", "x"]) },
    { cursor: madeUp(["created_at desc", "2026-02-01T00:00:00.000Z", id, "more"]) },
    { cursor: madeUp(null) },
  ];
  for (const input of wrong) {
    await expect(api["sofia"]!.tickets.list.query(input), JSON.stringify(input)).rejects.toSatisfy((error) =>
      isRefusal(error, "cursor.invalid"),
    );
  }
});

test("a status that the organization has not is named with those that it has", async () => {
  const asked = api["sofia"]!.tickets.list.query({ statuses: ["open", "on_fire"] });
  await expect(asked).rejects.toMatchObject({
    data: {
      refusal: { code: "status.unknown", known: ["open", "in_progress", "waiting", "resolved", "closed"] },
    },
  });
});
