import type { HelpdeskApi } from "@helpdesk/client";
import { type Instant, plusSeconds } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { giveUpIdle } from "./give-up-idle.ts";
import { type ActiveScenario, rigged, runOf, scenarioOf, seedFor, take, codeOf } from "./playing.fixtures.ts";

const KEY = "lost-authenticator";
const DAY = 86_400;
const runtime = rigged(systemRuntime);
let server: TestServer;
let ben: HelpdeskApi, yuki: HelpdeskApi;
let scenario: ActiveScenario;

const at = (instant: Instant) => vi.setSystemTime(instant);
const now = () => new Date().toISOString();

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-05-26T08:00:00.000Z") });
  server = await startServer({ runtime, env: { AUTH_SESSION_DAYS: "365" } });
  const api = async (name: string) => (await server.as(name)).api;
  [ben, yuki] = [await api("ben"), await api("yuki")];
  scenario = await scenarioOf(server.resources.sql, KEY);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

function start(api: HelpdeskApi, castId: string, clock: "real" | "virtual" = "real") {
  runtime.nextSeed = seedFor(scenario.definition, castId);
  return api.sessions.start.mutate({ scenarioId: scenario.id, clock });
}

/** A session that was played to its end, every step ten seconds after the last. */
async function played(api: HelpdeskApi, castId: string, name: string): Promise<string> {
  const { id } = await start(api, castId);
  for (const step of runOf(KEY, name).steps) {
    at(plusSeconds(now(), 10));
    await take(api, id, step);
  }
  return id;
}

test("a virtual clock goes where it is put, a session on it is graded and pays nothing; the real one cannot be put", async () => {
  const real = await start(ben, "maria");
  const forward = { sessionId: real.id, seconds: 60 };
  expect(await codeOf(ben.sessions.advance.mutate(forward))).toBe("session.not_virtual");
  await ben.sessions.abandon.mutate({ sessionId: real.id });

  const { id: sessionId, startedAt } = await start(ben, "maria", "virtual");
  for (const step of runOf(KEY, "careful, for the owner").steps) {
    const { lastEventAt } = await ben.sessions.get.query({ sessionId });
    const { now: then } = await ben.sessions.advance.mutate({ sessionId, seconds: 15 });
    expect(then > lastEventAt).toBe(true);
    await take(ben, sessionId, step);
  }
  const ended = await ben.sessions.get.query({ sessionId });
  expect([ended.startedAt, ended.attempt, ended.ending]).toEqual([startedAt, 2, "resolved"]);
  expect(ended.endedAt! > plusSeconds(startedAt, 150)).toBe(true);
  const { gradings } = await ben.sessions.feedback.query({ sessionId });
  expect(gradings).toMatchObject([{ overall: 10_000, isPassed: true, xp: 0 }]);
});

test("an answer comes at the instant of its message: however much is said, a log is never ahead of the clock", async () => {
  const { id: sessionId } = await start(ben, "maria");
  for (const text of ["Hello!", "Which department do you work in?", "Thank you."]) {
    at(plusSeconds(now(), 1));
    expect((await ben.sessions.say.mutate({ sessionId, text })).lastEventAt).toBe(now());
  }
  await ben.sessions.abandon.mutate({ sessionId });
});

test("whoever has rehearsed a scenario on a virtual clock is not at their first attempt afterwards", async () => {
  const xpOf = async (api: HelpdeskApi) => {
    const sessionId = await played(api, "maria", "careful, for the owner");
    const { attempt } = await api.sessions.get.query({ sessionId });
    const { xp, gradings } = await api.sessions.feedback.query({ sessionId });
    return { attempt, xp, graded: gradings[0]!.xp };
  };
  const [petra, sofia] = [(await server.as("petra")).api, (await server.as("sofia")).api];
  const { id: sessionId } = await start(petra, "caller", "virtual");
  await petra.sessions.abandon.mutate({ sessionId });
  expect(await xpOf(sofia)).toEqual({ attempt: 1, xp: 125, graded: 125 });
  expect(await xpOf(petra)).toEqual({ attempt: 2, xp: 100, graded: 100 });
});

test("a scenario that asks for another one first is locked until that was passed on the real clock", async () => {
  const locked = await scenarioOf(server.resources.sql, "account-takeover");
  const input = { scenarioId: locked.id };
  expect(await codeOf(yuki.sessions.start.mutate(input))).toBe("scenario.locked");
  await played(yuki, "maria", "careful, for the owner");
  const { id: sessionId } = await yuki.sessions.start.mutate(input);
  await yuki.sessions.abandon.mutate({ sessionId });
  await server.resources.sql`update scenarios set state = 'retired' where id = ${locked.id}`;
  expect(await codeOf(yuki.sessions.start.mutate(input))).toBe("scenario.not_found");
});

test("a question that is lost beside what was understood is in the log, and the customer says so", async () => {
  const { id: sessionId } = await start(ben, "maria");
  const text = "Hello! Which floor are you on?";
  const answer = await ben.sessions.say.mutate({ sessionId, text });
  expect(JSON.stringify(answer)).toMatch(/did not (?:follow|get)/);
  const [said] = await server.resources.sql`
    select data from training_events where training_session_id = ${sessionId} and kind = 'trainee_said'`;
  expect(said).toEqual({ data: { text, acts: ["greet"], missed: 1 } });
  await ben.sessions.abandon.mutate({ sessionId });
  expect(await ben.sessions.log.query({ sessionId })).toMatchObject({ brokenAt: null });
});

test("a session without an event for a day is given up for its trainee, by one of any number of workers", async () => {
  const { id: sessionId } = await start(ben, "maria");
  await ben.sessions.say.mutate({ sessionId, text: "Hello!" });
  const { lastEventAt } = await ben.sessions.get.query({ sessionId });
  at(plusSeconds(lastEventAt, DAY - 1));
  expect(await giveUpIdle(server.resources)).toEqual({ givenUp: 0 });
  at(plusSeconds(lastEventAt, DAY));
  const swept = await Promise.all([giveUpIdle(server.resources), giveUpIdle(server.resources)]);
  expect(swept[0]!.givenUp + swept[1]!.givenUp).toBe(1);
  expect(await ben.sessions.get.query({ sessionId })).toMatchObject({ ending: "abandoned" });
  const [ticket] = await server.resources.sql`
    select t.archived_at is not null as archived from tickets t
    join training_sessions s on s.ticket_id = t.id and s.id = ${sessionId}`;
  expect(ticket).toEqual({ archived: true });
});

test("an idle session that cannot be read is logged, and all others are given up", async () => {
  const { sql } = server.resources;
  const started = await Promise.all([start(ben, "maria"), start(yuki, "maria")]);
  const [broken, whole] = started.map(({ id }) => id).toSorted() as [string, string];
  await sql`update training_events set data = '{"text": 1}' where training_session_id = ${broken}`;
  at(plusSeconds(now(), DAY));
  const errors: unknown[] = [];
  const log = { error: (of: unknown) => errors.push(of) } as unknown as typeof server.resources.log;
  expect(await giveUpIdle({ ...server.resources, log })).toEqual({ givenUp: 1 });
  expect(errors).toMatchObject([{ sessionId: broken }]);
  const ended =
    await sql`select ending from training_sessions where id in ${sql([broken, whole])} order by id`;
  expect(ended).toEqual([{ ending: null }, { ending: "abandoned" }]);
  await sql`update training_events set data = '{}' where training_session_id = ${broken}`;
  expect(await giveUpIdle(server.resources)).toEqual({ givenUp: 1 });
});

test("no clock of a ticket whose session ended without a solution runs on, and it is put away", async () => {
  const { sql } = server.resources;
  for (const end of ["escalate", "abandon"] as const) {
    const { id: sessionId } = await start(ben, "maria");
    await ben.sessions.say.mutate({ sessionId, text: "Hello!" });
    const running = () => sql`
      select c.metric from sla_cycles c join training_sessions s on s.ticket_id = c.ticket_id
      where s.id = ${sessionId} and c.state in ('running', 'paused')`;
    expect((await running()).length).toBeGreaterThan(0);
    if (end === "abandon") await ben.sessions.abandon.mutate({ sessionId });
    else await ben.sessions.escalate.mutate({ sessionId, reason: "Too much" });
    expect(await running()).toEqual([]);
    const [ticket] = await sql`
      select t.archived_at is not null as archived, t.resolved_at, t.resolution_due_at from tickets t
      join training_sessions s on s.ticket_id = t.id and s.id = ${sessionId}`;
    expect(ticket).toEqual({ archived: true, resolved_at: null, resolution_due_at: null });
  }
});
