import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { type TestServer, inParallel, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

let server: TestServer;
let sofia: HelpdeskApi;
let petra: HelpdeskApi;
let ben: HelpdeskApi;
let carla: HelpdeskApi;
let support: string;

beforeAll(async () => {
  server = await startServer();
  const people = await Promise.all(["sofia", "petra", "ben", "carla"].map((name) => server.as(name)));
  [sofia, petra, ben, carla] = people.map(({ api }) => api) as [
    HelpdeskApi,
    HelpdeskApi,
    HelpdeskApi,
    HelpdeskApi,
  ];
  support = (await ben.departments.list.query()).find(({ name }) => name === "Technical support")!.id;
});

afterAll(() => server[Symbol.asyncDispose]());

const namesOf = async (api: HelpdeskApi) => (await api.views.list.query()).map(({ name }) => name);
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isRefusal(error) ? error.data.refusal : Promise.reject(error as Error)),
  );

test("everybody who works on tickets has the built-in views, then their own, their departments' and the shared ones", async () => {
  await ben.views.create.mutate({ name: "Calls", conditions: { sources: ["phone"] } });
  await petra.views.create.mutate({ name: "Team", conditions: {}, isShared: true, departmentId: support });
  const views = await ben.views.list.query();
  expect(views.map(({ kind, name }) => `${kind}: ${name}`)).toEqual([
    "built_in: My open tickets",
    "built_in: Unassigned in my departments",
    "built_in: All open tickets",
    "built_in: Due next",
    "built_in: Recently resolved",
    "personal: Calls",
    "department: Team",
    "organization: Urgent",
    "organization: Waiting for customers",
  ]);
  expect(views.filter(({ mayChange }) => mayChange).map(({ name }) => name)).toEqual(["Calls"]);
  expect(await namesOf(carla)).not.toContain("Team");
  expect(await namesOf(carla)).toContain("Refunds");
});

test("a view keeps what it asks for, and shows it by the names that tags have now", async () => {
  const conditions = {
    isOpen: true,
    statuses: ["open", "waiting"],
    departments: ["mine" as const, support],
    assignees: ["me" as const, "none" as const],
    tags: ["refund"],
    noTags: ["bug", "api"],
  };
  const made = await ben.views.create.mutate({
    name: "Everything",
    conditions,
    orderBy: "updated_at",
    direction: "asc",
  });
  expect(made).toMatchObject({ conditions, orderBy: "updated_at", direction: "asc", kind: "personal" });
  const tag = (await sofia.tags.list.query()).find(({ name }) => name === "refund")!;
  await sofia.tags.rename.mutate({ tagId: tag.id, version: tag.version, name: "money back" });
  const [seen] = (await ben.views.list.query()).filter(({ id }) => id === made.id);
  expect(seen!.conditions).toEqual({ ...conditions, tags: ["money back"] });
});

test("what a view names must be there when it is saved", async () => {
  const create = (conditions: Parameters<typeof ben.views.create.mutate>[0]["conditions"]) =>
    refusalOf(ben.views.create.mutate({ name: "Wrong", conditions }));
  expect(await create({ statuses: ["on_fire"] })).toMatchObject({ code: "status.unknown" });
  expect(await create({ departments: ["01980000-0000-7000-8000-000000000000"] })).toEqual({
    code: "department.not_found",
  });
  expect(await create({ allTags: ["no such tag"] })).toEqual({
    code: "tag.unknown",
    unknown: ["no such tag"],
  });
});

test("a change names the version it read, changes what it names and leaves the rest", async () => {
  const { id } = await ben.views.create.mutate({ name: "Mine", conditions: { priorities: ["low"] } });
  const changed = await ben.views.update.mutate({ viewId: id, version: 1, name: "Small things" });
  expect(changed).toMatchObject({ name: "Small things", conditions: { priorities: ["low"] }, version: 2 });
  expect(await refusalOf(ben.views.update.mutate({ viewId: id, version: 1, name: "Late" }))).toEqual({
    code: "version.conflict",
    version: 2,
  });
  expect(await refusalOf(ben.views.update.mutate({ viewId: id, version: 2, isShared: true }))).toEqual({
    code: "permission.denied",
    permission: "view.share",
  });
  await ben.views.delete.mutate({ viewId: id, version: 2 });
  expect(await namesOf(ben)).not.toContain("Small things");
  expect(await refusalOf(ben.views.tickets.query({ viewId: id }))).toEqual({ code: "view.not_found" });
});

test("sharing shows a view to all, and taking it back leaves it to who does so", async () => {
  const { id } = await petra.views.create.mutate({ name: "For a while", conditions: {} });
  expect(await namesOf(ben)).not.toContain("For a while");
  await petra.views.update.mutate({ viewId: id, version: 1, isShared: true });
  expect(await namesOf(ben)).toContain("For a while");
  await sofia.views.update.mutate({ viewId: id, version: 2, isShared: false });
  expect(await namesOf(petra)).not.toContain("For a while");
  expect(await namesOf(sofia)).toContain("For a while");
});

test("a name is taken once among one's own and once among the shared ones", async () => {
  const named = (api: HelpdeskApi, isShared = false) =>
    refusalOf(api.views.create.mutate({ name: "Same", conditions: {}, isShared }));
  expect([await named(ben), await named(carla), await named(petra, true)]).toEqual([null, null, null]);
  expect([await named(ben), await named(petra, true)]).toEqual([
    { code: "view.name_taken" },
    { code: "view.name_taken" },
  ]);
});

test("views come in the order they are put in, and the others after them", async () => {
  const own = (await carla.views.list.query()).filter(({ kind }) => kind === "personal");
  const more = await inParallel(1, ["One", "Two", "Three"], (name) =>
    carla.views.create.mutate({ name, conditions: {} }),
  );
  const [one, two, three] = more.map(({ id }) => id) as [string, string, string];
  await carla.views.reorder.mutate({ viewIds: [three, one] });
  const ids = async () =>
    (await carla.views.list.query()).filter(({ kind }) => kind === "personal").map(({ id }) => id);
  expect(await ids()).toEqual([three, one, ...own.map(({ id }) => id), two]);
  const bens = (await ben.views.list.query()).find(({ kind }) => kind === "personal")!;
  expect(await refusalOf(carla.views.reorder.mutate({ viewIds: [bens.id, one] }))).toEqual({
    code: "view.not_found",
  });
});

test("nobody has more views of their own than the limit", async () => {
  const omar = (await server.as("omar")).api;
  const make = (n: number) => omar.views.create.mutate({ name: `View ${n}`, conditions: {} });
  await inParallel(4, [...Array(50).keys()], make);
  expect(await refusalOf(make(50))).toEqual({ code: "view.limit_reached", limit: 50 });
  expect(await refusalOf(ben.views.create.mutate({ name: "One more", conditions: {} }))).toBeNull();
});

test("a view that is shared no more needs room among one's own", async () => {
  const { api } = await server.as("marcus");
  const views = await inParallel(4, [...Array(45).keys()], (n) =>
    api.views.create.mutate({ name: `Shared ${n}`, conditions: {}, isShared: true }),
  );
  const takeBack = ({ id }: { id: string }) =>
    refusalOf(api.views.update.mutate({ viewId: id, version: 1, isShared: false }));
  const before = (await api.views.list.query()).filter(({ kind }) => kind === "personal").length;
  const make = (n: number) => api.views.create.mutate({ name: `Own ${n}`, conditions: {} });
  await inParallel(4, [...Array(30 - before).keys()], make);
  const outcomes = await inParallel(15, views, takeBack);
  expect(outcomes.filter((refusal) => refusal === null)).toHaveLength(20);
  expect(outcomes.filter((refusal) => refusal !== null)).toEqual(
    Array.from({ length: 25 }, () => ({ code: "view.limit_reached", limit: 50 })),
  );
  const [own] = (await api.views.list.query()).filter(({ kind }) => kind === "personal");
  expect(
    await refusalOf(api.views.update.mutate({ viewId: own!.id, version: own!.version!, name: "Renamed" })),
  ).toBeNull();
});

test("counts can be asked for some views; those that are not there for the reader are left out", async () => {
  const { id } = await ben.views.create.mutate({ name: "Counted", conditions: {} });
  const viewIds = ["my_open", id] as const;
  expect((await ben.views.counts.query({ viewIds: [...viewIds] })).map(({ viewId }) => viewId)).toEqual(
    viewIds,
  );
  expect((await carla.views.counts.query({ viewIds: [...viewIds] })).map(({ viewId }) => viewId)).toEqual([
    "my_open",
  ]);
});
