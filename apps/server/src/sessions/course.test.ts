import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { type Instant, plusSeconds } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { giveUpIdle } from "./give-up-idle.ts";
import { type ActiveScenario, rigged, runOf, scenarioOf, seedFor, take } from "./playing.fixtures.ts";

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

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

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
  expect([ended.startedAt, ended.attempt, ended.ending]).toEqual([startedAt, 1, "resolved"]);
  expect(ended.endedAt! > plusSeconds(startedAt, 150)).toBe(true);
  const { gradings } = await ben.sessions.feedback.query({ sessionId });
  expect(gradings).toMatchObject([{ overall: 10_000, isPassed: true, xp: 0 }]);
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
