import type { HelpdeskApi } from "@helpdesk/client";
import { type Instant, plusSeconds, toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { rigged } from "../sessions/playing.fixtures.ts";
import { rehearse } from "../sessions/rehearse.fixtures.ts";

const DAY_SECONDS = 86_400;
let laterSeconds = 0;
const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterSeconds * 1_000);
const runtime = rigged({ ...systemRuntime, now });

let server: TestServer;
let petra: HelpdeskApi, marcus: HelpdeskApi, sofia: HelpdeskApi, ben: HelpdeskApi;
const people = new Map<string, string>();
const departments = new Map<string, string>();

beforeAll(async () => {
  server = await startServer({ runtime });
  const api = async (name: string) => (await server.as(name)).api;
  [petra, marcus, sofia, ben] = [
    await api("petra"),
    await api("marcus"),
    await api("sofia"),
    await api("ben"),
  ];
  for (const { id, email } of (await sofia.users.list.query({ limit: 100 })).items)
    people.set(email.split("@")[0]!, id);
  for (const { id, name } of await sofia.departments.list.query()) departments.set(name, id);
});
afterAll(() => server[Symbol.asyncDispose]());

const ids = (...names: string[]) => names.map((name) => people.get(name)!);
const due = (days: number): Instant => plusSeconds(now(), days * DAY_SECONDS);
const pass = async (who: string) =>
  rehearse(server, runtime, await server.as(who), ["lost-authenticator", "careful, for the owner"]);
const fail = async (who: string) =>
  rehearse(server, runtime, await server.as(who), ["lost-authenticator", "removed without proof"]);
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: { data?: { refusal: unknown } }) => error.data?.refusal ?? error,
  );
const assign = (api: HelpdeskApi, names: string[], rest: { dueAt?: Instant; note?: string } = {}) =>
  api.assignments.create.mutate({ scenarioKey: "lost-authenticator", userIds: ids(...names), ...rest });
const mine = async (api: HelpdeskApi) => (await api.assignments.mine.query({})).items;

describe("an assignment", () => {
  test("is done by the first pass after it, in time or late; what was passed before does not count", async () => {
    await pass("ben");
    const [given] = await assign(petra, ["ben"], { dueAt: due(2), note: "Before the audit." });
    expect(given).toMatchObject({
      state: "open",
      attempts: 0,
      note: "Before the audit.",
      scenario: { key: "lost-authenticator" },
      assignedBy: { name: "Petra Vogel" },
    });
    await fail("ben");
    expect(await mine(ben)).toMatchObject([
      { state: "open", attempts: 1, bestHundredths: 0, completedAt: null },
    ]);
    const { sessionId } = await pass("ben");
    const [done] = await mine(ben);
    const { endedAt } = await ben.sessions.get.query({ sessionId });
    expect(done).toMatchObject({ state: "done", attempts: 2, bestHundredths: 10_000, completedAt: endedAt });

    await assign(petra, ["yuki"], { dueAt: due(1) });
    const yuki = (await server.as("yuki")).api;
    laterSeconds += 2 * DAY_SECONDS;
    expect(await mine(yuki)).toMatchObject([{ state: "overdue" }]);
    await pass("yuki");
    expect(await mine(yuki)).toMatchObject([{ state: "done_late" }]);
    const states = async (state: "done" | "done_late" | "open" | "overdue") =>
      (await petra.assignments.list.query({ state })).items.map(({ user }) => user.name);
    expect(await states("done")).toEqual(["Ben Okafor"]);
    expect(await states("done_late")).toEqual(["Yuki Tanaka"]);
    expect([...(await states("open")), ...(await states("overdue"))]).toEqual([]);
  });

  test("is not done by practice on a virtual clock", async () => {
    await sofia.assignments.create.mutate({ scenarioKey: "password-reset", userIds: ids("ben") });
    const { id: scenarioId } = (await ben.scenarios.list.query({ limit: 100 })).items.find(
      ({ key }) => key === "password-reset",
    )!;
    const { id: sessionId } = await ben.sessions.start.mutate({ scenarioId, clock: "virtual" });
    await ben.sessions.abandon.mutate({ sessionId });
    const { items } = await ben.assignments.mine.query({ scenarioKey: "password-reset" });
    expect(items).toMatchObject([{ state: "open", attempts: 0 }]);
  });

  test("tells who gets it, with what to start", async () => {
    await assign(petra, ["devon"]);
    const devon = (await server.as("devon")).api;
    const [told] = (await devon.notifications.list.query({})).items;
    const [given] = await mine(devon);
    expect(told).toMatchObject({
      kind: "training_assigned",
      ticket: null,
      assignment: { id: given!.id, scenarioKey: "lost-authenticator", title: given!.scenario.title },
      actor: { name: "Petra Vogel" },
    });
    expect(await devon.scenarios.get.query({ scenarioId: given!.scenario.id! })).toMatchObject({
      key: "lost-authenticator",
    });
  });

  test("given again while it is to be done gets the new day and note, at once too; once done it is a new one", async () => {
    await assign(petra, ["devon"], { dueAt: due(3), note: "Soon." });
    const devon = (await server.as("devon")).api;
    expect(await mine(devon)).toMatchObject([{ note: "Soon.", version: 2 }]);
    await Promise.all([1, 2, 3].map(() => assign(petra, ["devon"])));
    expect(await mine(devon)).toMatchObject([{ note: null, dueAt: null, version: 5 }]);
    await Promise.all([1, 2, 3].map(() => assign(marcus, ["carla"])));
    expect(await mine((await server.as("carla")).api)).toMatchObject([{ version: 3 }]);
    await marcus.assignments.cancel.mutate({
      assignmentId: (await marcus.assignments.list.query({ userId: ids("carla")[0]! })).items[0]!.id,
      version: 3,
    });
    await pass("devon");
    await assign(petra, ["devon"]);
    expect((await mine(devon)).map(({ state }) => state)).toEqual(["open", "done"]);
  });

  test("of a department goes to its people who practise, and not to who gives it", async () => {
    const departmentId = departments.get("Technical support")!;
    const given = await petra.assignments.create.mutate({ scenarioKey: "printer-offline", departmentId });
    expect(given.map(({ user }) => user.name)).toEqual(
      ["Ben Okafor", "Devon Price", "Yuki Tanaka"].toSorted(),
    );
  });

  test("taken back is to be done no more, is hidden from them, and stays in the supervisor's list", async () => {
    const [given] = await assign(marcus, ["carla"]);
    const carla = (await server.as("carla")).api;
    expect(await mine(carla)).toHaveLength(1);
    const target = { assignmentId: given!.id, version: given!.version };
    expect(await refusalOf(petra.assignments.cancel.mutate(target))).toEqual({
      code: "assignment.not_found",
    });
    expect(await refusalOf(marcus.assignments.cancel.mutate({ ...target, version: 9 }))).toMatchObject({
      code: "version.conflict",
    });
    expect(await marcus.assignments.cancel.mutate(target)).toMatchObject({ state: "cancelled", version: 2 });
    expect(await mine(carla)).toEqual([]);
    const { items } = await marcus.assignments.list.query({ state: "cancelled" });
    expect(items[0]).toMatchObject({ id: given!.id });
  });
});

describe("who may be assigned", () => {
  test("are people of the departments that a manager manages, everybody for who supervises all, nobody oneself", async () => {
    const [carla] = ids("carla");
    expect(await refusalOf(assign(petra, ["ben", "carla"]))).toEqual({
      code: "assignment.not_eligible",
      userIds: [carla],
    });
    expect(await refusalOf(assign(petra, ["petra"]))).toMatchObject({ code: "assignment.not_eligible" });
    expect(await refusalOf(assign(sofia, ["nora"]))).toMatchObject({ code: "assignment.not_eligible" });
    expect(await assign(sofia, ["carla", "petra"])).toHaveLength(2);
    expect(await refusalOf(assign(ben, ["yuki"]))).toMatchObject({ code: "permission.denied" });
  });

  test("and a refused one leaves nothing for anybody", async () => {
    const before = (await sofia.assignments.list.query({ limit: 100 })).items.length;
    await refusalOf(assign(petra, ["yuki", "marcus"]));
    expect((await sofia.assignments.list.query({ limit: 100 })).items).toHaveLength(before);
  });

  test("never to what is not offered, nor by a day that is over", async () => {
    const give = (input: object) =>
      refusalOf(
        petra.assignments.create.mutate({
          scenarioKey: "lost-authenticator",
          userIds: ids("yuki"),
          ...input,
        }),
      );
    expect(await give({ scenarioKey: "nothing-there" })).toEqual({ code: "scenario.not_found" });
    expect(await give({ dueAt: due(-1) })).toMatchObject({
      code: "input.invalid",
      issues: [{ path: ["dueAt"] }],
    });
    expect(await give({ departmentId: departments.get("Onboarding") })).toMatchObject({
      code: "input.invalid",
    });
    expect(await give({ dueAt: due(1) })).toBeNull();
  });
});

test("a supervisor's list holds those they supervise and no others, page by page", async () => {
  const all = (await sofia.assignments.list.query({ limit: 100 })).items;
  const names = new Set(all.map(({ user }) => user.name));
  expect(names).toContain("Carla Mendes");
  const petras = (await petra.assignments.list.query({ limit: 100 })).items;
  expect(new Set(petras.map(({ user }) => user.name))).toEqual(
    new Set(["Ben Okafor", "Yuki Tanaka", "Devon Price"]),
  );
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof sofia.assignments.list.query>> = await sofia.assignments.list.query(
      {
        limit: 2,
        cursor,
      },
    );
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(all.map(({ id }) => id));
  const one = await sofia.assignments.list.query({
    userId: ids("carla")[0]!,
    scenarioKey: "lost-authenticator",
  });
  expect(new Set(one.items.map(({ user }) => user.name))).toEqual(new Set(["Carla Mendes"]));
});
