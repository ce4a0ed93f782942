import { toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rigged, scenarioOf } from "../sessions/playing.fixtures.ts";
import { rehearse } from "../sessions/rehearse.fixtures.ts";
import { systemRuntime } from "../runtime.ts";

const DAY_MS = 86_400_000;
/** A morning where everybody of the demo is. */
const START_MS = Date.parse("2026-03-02T10:00:00.000Z");
let laterMs = 0;
const beganMs = toEpochMs(systemRuntime.now());
const now = () => toInstant(START_MS + laterMs + toEpochMs(systemRuntime.now()) - beganMs);
const runtime = rigged({ ...systemRuntime, now });
let server: TestServer;

beforeAll(async () => {
  server = await startServer({ runtime });
});
afterAll(() => server[Symbol.asyncDispose]());

const due = async (who: string) => (await server.as(who)).api.performance.due.query();
const skillOf = async (who: string, skill: string) =>
  (await due(who)).skills.find((one) => one.skill === skill)!;
const play = async (who: string, run: string) =>
  rehearse(server, runtime, await server.as(who), ["lost-authenticator", run]);
const later = (days: number) => (laterMs += days * DAY_MS);

test("before the first session every skill is new, with the easiest unlocked scenario to begin with", async () => {
  const { today, skills } = await due("ben");
  expect(today).toBe("2026-03-02");
  expect(skills.length).toBeGreaterThan(5);
  expect(new Set(skills.map(({ state }) => state))).toEqual(new Set(["new"]));
  const api = (await server.as("ben")).api;
  for (const { scenario } of skills.filter((one) => one.scenario !== null))
    expect(await api.scenarios.get.query({ scenarioId: scenario!.id })).toMatchObject({ isLocked: false });
});

test("what went wrong is due the next day, with what went wrong to be done again; what went well later", async () => {
  const { scenario } = await skillOf("ben", "identity_check");
  await play("ben", "removed without proof");
  expect(await skillOf("ben", "identity_check")).toMatchObject({
    state: "later",
    dueOn: "2026-03-03",
    sessions: 1,
  });
  later(1);
  const again = await skillOf("ben", "identity_check");
  expect(again).toMatchObject({ state: "due", scenario: { key: "lost-authenticator" } });
  expect((await due("ben")).skills[0]!.state).toBe("due");
  await play("ben", "careful, for the owner");
  const held = await skillOf("ben", "identity_check");
  expect(held.state).toBe("later");
  expect(held.dueOn! > "2026-03-04").toBe(true);
  expect(held.scenario!.key).not.toBe(scenario === null ? "" : "lost-authenticator");
  later(20);
  const forgotten = await skillOf("ben", "identity_check");
  expect(forgotten.state).toBe("due");
  expect(forgotten.retrievabilityMillionths!).toBeLessThan(held.retrievabilityMillionths!);
});

test("the day is that of where the person is, and practice on a virtual clock counts for nothing", async () => {
  await server.resources.sql`update users set time_zone = 'Pacific/Auckland' where email like 'yuki@%'`;
  laterMs += 5 * 3_600_000;
  expect(toInstant(toEpochMs(now())).slice(0, 10) < (await due("yuki")).today).toBe(true);
  const { api } = await server.as("yuki");
  const { items } = await api.scenarios.list.query({ limit: 100 });
  const { id: scenarioId } = items.find(({ key }) => key === "lost-authenticator")!;
  const { id: sessionId } = await api.sessions.start.mutate({ scenarioId, clock: "virtual" });
  await api.sessions.resolve.mutate({ sessionId });
  expect(await skillOf("yuki", "identity_check")).toMatchObject({ state: "new", sessions: 0 });
});

test("a session that began first and ended days after another is counted on the day that it ended", async () => {
  const { resources } = server;
  const yuki = await server.as("yuki");
  const scenario = await scenarioOf(resources.sql, "lost-authenticator");
  const { id: sessionId } = await yuki.api.sessions.start.mutate({ scenarioId: scenario.id });
  await rehearse(server, runtime, yuki, ["password-reset", "careful, for the owner"]);
  later(3);
  await yuki.api.sessions.abandon.mutate({ sessionId });
  const { today } = await due("yuki");
  expect(await skillOf("yuki", "identity_check")).toMatchObject({ sessions: 2, lastOn: today });
});
