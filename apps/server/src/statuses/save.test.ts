import { type HelpdeskApi, type RouterInputs, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

let server: TestServer;
let omar: HelpdeskApi, ben: HelpdeskApi;

/** Moves the one clock that server and clients read: what is cached is forgotten. */
const aSecondLater = () => vi.setSystemTime(Date.now() + 1_000);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-05-22T13:00:00.000Z") });
  server = await startServer();
  omar = (await server.as("omar")).api;
  ben = (await server.as("ben")).api;
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

type Draft = RouterInputs["statuses"]["save"]["statuses"][number];

/** The graph there is, as it would be saved again. */
async function draft(): Promise<{ version: number; statuses: Draft[] }> {
  const { version, statuses } = await omar.statuses.list.query();
  const drafts = statuses.map(({ key, name, category, color, isDefault, next }) => ({
    key,
    name,
    category,
    color,
    isDefault,
    next,
  }));
  return { version, statuses: drafts };
}

const onHold: Draft = {
  key: "on_hold",
  name: "On hold",
  category: "waiting",
  color: "#112233",
  isDefault: false,
  next: ["in_progress"],
};

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

test("a graph saved as it is stays as it is, under a new version", async () => {
  const before = await omar.statuses.list.query();
  const saved = await omar.statuses.save.mutate(await draft());
  expect(saved).toEqual({ ...before, version: before.version + 1 });
  expect(await omar.statuses.list.query()).toEqual(saved);
});

test("a status of one's own is worked with a second later, archived once unused, and comes back as it was", async () => {
  const { version, statuses } = await draft();
  const withHold = statuses.map((status) =>
    status.key === "in_progress" ? { ...status, next: [...status.next, "on_hold"] } : status,
  );
  const saved = await omar.statuses.save.mutate({ version, statuses: [...withHold, onHold] });
  expect(saved.statuses.at(-1)).toEqual({ ...onHold, isResolved: false });
  aSecondLater();

  const ticket = await ben.tickets.open.mutate({ title: "Held", description: "" });
  const work = { ticketId: ticket.id };
  const begun = await ben.tickets.setStatus.mutate({ ...work, status: "in_progress", version: 1 });
  expect(begun.allowed).toContain("on_hold");
  const held = await ben.tickets.setStatus.mutate({ ...work, status: "on_hold", version: 2 });
  expect(held).toMatchObject({ statusCategory: "waiting", allowed: ["in_progress"], resolutionDueAt: null });

  const without = { version: saved.version, statuses };
  const refused = await omar.statuses.save.mutate(without).catch((error: unknown) => error);
  expect(isRefusal(refused, "status.in_use") && refused.data.refusal.statuses).toEqual(["on_hold"]);
  await ben.tickets.setStatus.mutate({ ...work, status: "in_progress", version: 3 });
  const archived = await omar.statuses.save.mutate(without);
  expect(archived.statuses.map(({ key }) => key)).not.toContain("on_hold");
  aSecondLater();

  // The ticket's history still has it, and its clocks are still counted by it.
  const after = await ben.tickets.setStatus.mutate({ ...work, status: "waiting", version: 4 });
  expect(after).toMatchObject({ status: "waiting", allowed: expect.not.arrayContaining(["on_hold"]) });
  const { timeline } = await ben.tickets.get.query(work);
  expect(timeline.map(({ changes }) => changes["status"]?.to?.label)).toContain("On hold");

  const back = { version: archived.version, statuses: [...withHold, onHold] };
  const other = { ...back, statuses: [...withHold, { ...onHold, category: "open" as const }] };
  const fixed = await omar.statuses.save.mutate(other).catch((error: unknown) => error);
  expect(isRefusal(fixed, "status.graph_invalid") && fixed.data.refusal.problems).toEqual([
    { kind: "category_fixed", key: "on_hold", category: "waiting" },
  ]);
  expect((await omar.statuses.save.mutate(back)).statuses.map(({ key }) => key)).toContain("on_hold");
});

test("the default moves to another status, in which tickets open from then on", async () => {
  const { version, statuses } = await draft();
  const fresh: Draft = {
    ...onHold,
    key: "new",
    name: "New",
    category: "open",
    isDefault: true,
    next: ["open"],
  };
  await omar.statuses.save.mutate({
    version,
    statuses: [fresh, ...statuses.map((status) => ({ ...status, isDefault: false }))],
  });
  aSecondLater();
  const ticket = await ben.tickets.open.mutate({ title: "New", description: "" });
  expect(ticket).toMatchObject({ status: "new", statusCategory: "open", allowed: ["open"] });
});

test("an unsound graph is refused with all that is wrong, and nothing of it is kept", async () => {
  const before = await draft();
  const broken = before.statuses.map((status) => ({ ...status, isDefault: false, next: [] }));
  const refused = await omar.statuses.save
    .mutate({ ...before, statuses: broken })
    .catch((error: unknown) => error);
  const problems = isRefusal(refused, "status.graph_invalid") ? refused.data.refusal.problems : [];
  expect(problems).toContainEqual({ kind: "default_missing" });
  expect(problems).toContainEqual({ kind: "dead_end", key: "resolved" });
  expect(await draft()).toEqual(before);
});

test("of two who save the same version one is told so; who may not manage statuses saves none", async () => {
  const graph = await draft();
  const outcomes = await Promise.all([1, 2].map(() => codeOf(omar.statuses.save.mutate(graph))));
  expect(outcomes.toSorted()).toEqual(["ok", "version.conflict"]);
  expect(await codeOf(ben.statuses.save.mutate(await draft()))).toBe("permission.denied");
  expect((await ben.statuses.list.query()).version).toBe(graph.version + 1);
});
