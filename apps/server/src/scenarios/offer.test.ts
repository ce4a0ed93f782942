import type { HelpdeskApi } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { rigged } from "../sessions/playing.fixtures.ts";
import { rehearse } from "../sessions/rehearse.fixtures.ts";
import { copiedScenario } from "./copy.fixtures.ts";

let server: TestServer;
let petra: HelpdeskApi, sofia: HelpdeskApi, ben: HelpdeskApi, yuki: HelpdeskApi;
let demo: string;
const runtime = rigged(systemRuntime);

beforeAll(async () => {
  server = await startServer({ runtime });
  const api = async (name: string) => (await server.as(name)).api;
  [petra, sofia, ben, yuki] = [await api("petra"), await api("sofia"), await api("ben"), await api("yuki")];
  const [row] = await server.resources.sql<{ id: string }[]>`
    select id from organizations where slug = 'demo'`;
  demo = row!.id;
});
afterAll(() => server[Symbol.asyncDispose]());

const offered = async () => (await ben.scenarios.list.query({ limit: 100 })).items;
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: { data?: { refusal: unknown } }) => error.data?.refusal ?? error,
  );

/** A copy of a scenario, as activating and retiring names it. */
async function copied(
  ...[state, copy]: [state: "active" | "draft", copy: Parameters<typeof copiedScenario>[3]]
) {
  const { scenarioId, version } = await copiedScenario(server.resources.sql, demo, state, copy);
  return { scenarioId, version };
}

describe("what is offered", () => {
  test("is one revision: activating another retires the first, and an earlier one can come back", async () => {
    const key = "editions";
    const first = await copied("active", { key, title: "First edition" });
    const second = await copied("draft", { key, revision: 2, title: "Second edition" });
    const titles = async () =>
      (await ben.scenarios.list.query({ search: "EDITION" })).items.map(({ title }) => title);
    const revisions = async () => (await petra.scenarios.revisions.query({ key })).items;
    const states = async () => (await revisions()).map(({ revision, state }) => `${revision} ${state}`);
    expect(await titles()).toEqual(["First edition"]);
    await petra.scenarios.activate.mutate(second);
    expect(await titles()).toEqual(["Second edition"]);
    expect(await states()).toEqual(["2 active", "1 retired"]);
    expect(await refusalOf(petra.scenarios.activate.mutate(first))).toMatchObject({
      code: "version.conflict",
    });
    await petra.scenarios.activate.mutate({ ...first, version: 2 });
    expect(await titles()).toEqual(["First edition"]);
    await petra.scenarios.retire.mutate({ ...first, version: 3 });
    expect(await titles()).toEqual([]);
    expect(await states()).toEqual(["2 retired", "1 retired"]);
  });

  test("never needs what is not offered, nor itself", async () => {
    const base = await copied("active", { key: "base" });
    const needing = await copied("draft", { key: "needing", prerequisites: ["base"] });
    await petra.scenarios.activate.mutate(needing);
    expect(await refusalOf(petra.scenarios.retire.mutate(base))).toEqual({ code: "scenario.in_use" });
    const circle = await copied("draft", { key: "base", revision: 2, prerequisites: ["needing"] });
    expect(await refusalOf(petra.scenarios.activate.mutate(circle))).toMatchObject({
      code: "scenario.invalid",
      problems: [{ path: "prerequisites", message: "They lead back to it." }],
    });
    await petra.scenarios.retire.mutate({ ...needing, version: 2 });
    expect(await petra.scenarios.retire.mutate(base)).toMatchObject({ state: "retired" });
    expect(await refusalOf(petra.scenarios.activate.mutate({ ...needing, version: 3 }))).toMatchObject({
      code: "scenario.invalid",
      problems: [{ path: "prerequisites", message: "There is no scenario base." }],
    });
  });

  test("stays sound whatever is activated and retired at once", async () => {
    for (let turn = 0; turn < 10; turn++) {
      const [key, needing] = [`ground-${turn}`, `above-${turn}`];
      const ground = await copied("active", { key });
      const above = await copied("draft", { key: needing, prerequisites: [key] });
      const outcomes = await Promise.all([
        refusalOf(petra.scenarios.retire.mutate(ground)),
        refusalOf(sofia.scenarios.activate.mutate(above)),
      ]);
      expect(outcomes.filter((refusal) => refusal === null)).toHaveLength(1);
    }
  });

  test("shows what the reader made of it, what is locked by what, and the session they are in", async () => {
    const scenario = async (key: string) =>
      (await yuki.scenarios.list.query({ limit: 100 })).items.find((one) => one.key === key)!;
    const completed = async (completion: "not_started" | "attempted" | "passed") =>
      (await yuki.scenarios.list.query({ limit: 100, completion })).items.map(({ key }) => key);
    const [key, next] = ["lost-authenticator", "account-takeover"];
    expect(await scenario(key)).toMatchObject({
      completion: "not_started",
      attempts: 0,
      bestHundredths: null,
    });
    expect(await scenario(next)).toMatchObject({ isLocked: true, prerequisites: [{ key, isPassed: false }] });
    const locked = await refusalOf(yuki.sessions.start.mutate({ scenarioId: (await scenario(next)).id }));
    expect(locked).toEqual({ code: "scenario.locked", missing: [key] });

    const client = await server.as("yuki");
    await rehearse(server, runtime, client, [key, "removed without proof"]);
    expect(await scenario(key)).toMatchObject({ completion: "attempted", attempts: 1, bestHundredths: 0 });
    expect(await completed("attempted")).toEqual([key]);
    await rehearse(server, runtime, client, [key, "careful, for the owner"]);
    expect(await scenario(key)).toMatchObject({ completion: "passed", attempts: 2, bestHundredths: 10_000 });
    expect([await completed("passed"), await completed("attempted")]).toEqual([[key], []]);
    expect(await completed("not_started")).not.toContain(key);
    expect(await scenario(next)).toMatchObject({ isLocked: false, prerequisites: [{ key, isPassed: true }] });

    const { id } = await yuki.sessions.start.mutate({ scenarioId: (await scenario(next)).id });
    expect(await scenario(next)).toMatchObject({ completion: "attempted", attempts: 0, activeSessionId: id });
    expect(await ben.scenarios.get.query({ scenarioId: (await scenario(key)).id })).toMatchObject({
      completion: "not_started",
      attempts: 0,
    });
  });

  test("is found by difficulty, skill, completion and title, the easy ones first, page by page", async () => {
    const long = "\u0001é".repeat(900);
    for (const end of ["one", "two"]) await copied("active", { key: `long-${end}`, title: `${long}${end}` });
    const all = await offered();
    const order = ["starter", "intermediate", "advanced", "expert"];
    const ranks = all.map(({ difficulty }) => order.indexOf(difficulty));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    const paged: string[] = [];
    for (let cursor: string | null = null, pages = 0; pages < 50; pages++) {
      const page: Awaited<ReturnType<typeof ben.scenarios.list.query>> = await ben.scenarios.list.query({
        limit: 2,
        cursor,
      });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
    const only = async (filter: Parameters<typeof ben.scenarios.list.query>[0]) =>
      (await ben.scenarios.list.query({ limit: 100, ...filter })).items.map(({ key }) => key);
    const keysOf = (some: typeof all) => some.map(({ key }) => key);
    expect(await only({ difficulty: "starter" })).toEqual(
      keysOf(all.filter((one) => one.difficulty === "starter")),
    );
    const skill = all[0]!.skills[0]!.key as "refusing";
    expect(await only({ skill })).toEqual(
      keysOf(all.filter(({ skills }) => skills.some(({ key }) => key === skill))),
    );
    expect(await only({ search: all[0]!.title.slice(2, 9).toUpperCase() })).toContain(all[0]!.key);
    expect(await only({ search: "%" })).toEqual([]);
    await copied("draft", { key: "in-the-making" });
    expect((await petra.scenarios.list.query({ state: "draft" })).items.map(({ key }) => key)).toContain(
      "in-the-making",
    );
    expect(await refusalOf(ben.scenarios.list.query({ state: "draft" }))).toMatchObject({
      code: "permission.denied",
    });
  });
});
