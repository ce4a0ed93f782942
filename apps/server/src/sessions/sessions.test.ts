import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { type Instant, plusSeconds } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { type ActiveScenario, rigged, runOf, scenarioOf, seedFor, take, codeOf } from "./playing.fixtures.ts";

const KEY = "lost-authenticator";
const runtime = rigged(systemRuntime);
let server: TestServer;
let ben: HelpdeskApi, petra: HelpdeskApi, yuki: HelpdeskApi, sofia: HelpdeskApi, ingrid: HelpdeskApi;
let scenario: ActiveScenario;

const at = (instant: Instant) => vi.setSystemTime(instant);
const now = () => new Date().toISOString();

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-05-26T08:00:00.000Z") });
  server = await startServer({ runtime, env: { AUTH_SESSION_DAYS: "365" } });
  const api = async (name: string) => (await server.as(name)).api;
  [ben, petra, yuki, sofia, ingrid] = (await Promise.all(
    ["ben", "petra", "yuki", "sofia", "ingrid"].map(api),
  )) as [HelpdeskApi, HelpdeskApi, HelpdeskApi, HelpdeskApi, HelpdeskApi];
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

test("a new client takes a session up in its middle, and it is all there", async () => {
  const session = await start(ben, "caller");
  const { steps } = runOf(KEY, "the impostor refused and reported");
  for (const step of steps.slice(0, 4)) {
    at(plusSeconds(now(), 10));
    await take(ben, session.id, step);
  }
  const before = await ben.sessions.get.query({ sessionId: session.id });
  const client = server.client();
  await client.signIn({ organization: "demo", email: "ben@lumen.example", password: "Demo-pass-2026!" });
  const resumed = await client.api.sessions.get.query({ sessionId: session.id });
  expect(resumed).toEqual(before);
  expect(resumed.events.map(({ kind }) => kind)).toEqual([
    "session_started",
    "trainee_said",
    "customer_said",
    "article_opened",
    "trainee_said",
    "customer_said",
    "tool_used",
  ]);
  expect(resumed).toMatchObject({
    attempt: 1,
    clock: "real",
    ending: null,
    ticket: { from: "Maria Keller", status: "open", priority: "high", assignee: { name: "Ben Okafor" } },
    cast: null,
  });
  expect(resumed.ticket.clocks.find(({ metric }) => metric === "first_response")?.state).toBe("satisfied");
  for (const step of steps.slice(4)) {
    at(plusSeconds(now(), 10));
    await take(client.api, session.id, step);
  }
  const ended = await ben.sessions.get.query({ sessionId: session.id });
  expect(ended).toMatchObject({
    ending: "refused",
    cast: { role: "impostor" },
    ticket: { status: "resolved" },
  });
  const { items } = await ben.sessions.list.query({ state: "ended", scenario: KEY });
  expect(items[0]).toMatchObject({ id: session.id, grading: { overall: 10_000, isPassed: true, xp: 125 } });
});

test("until its end no word that a trainee gets is of who the customer is, and then it is", async () => {
  for (const castId of ["maria", "caller"]) {
    const said: unknown[] = [];
    const session = await start(ben, castId);
    said.push(session);
    const sessionId = session.id;
    said.push(await ben.sessions.writeNote.mutate({ sessionId, fields: { symptom: "No sign-in" } }));
    said.push(await ben.sessions.say.mutate({ sessionId, text: "zzz qqq" }));
    said.push(
      await ben.sessions.get.query({ sessionId }),
      await ben.sessions.list.query({ state: "active" }),
    );
    const text = JSON.stringify(said);
    expect(text).not.toMatch(/impostor|"owner"|castId|"seed"|"mood"|"patience"|"tactic"|somebody who says/);
    expect(text).not.toContain("criteria");
    expect(await codeOf(ben.sessions.log.query({ sessionId }))).toBe("session.not_ended");
    expect(await codeOf(ben.sessions.feedback.query({ sessionId }))).toBe("session.not_ended");
    await ben.sessions.abandon.mutate({ sessionId });
    const log = await ben.sessions.log.query({ sessionId });
    expect(log).toMatchObject({ castId, brokenAt: null });
  }
});

test("what is done without a word to the customer, and all else a trainee may read, is the same byte for byte whoever it is", async () => {
  const told: string[] = [];
  for (const castId of ["maria", "caller"]) {
    at("2026-06-01T08:00:00.000Z");
    const session = await start(ben, castId);
    const sessionId = session.id;
    const { sessions, scenarios, performance } = ben;
    const answers = [
      session,
      await sessions.takeHint.mutate({ sessionId, level: "nudge" }),
      await sessions.takeHint.mutate({ sessionId, level: "strong" }),
      await sessions.openArticle.mutate({ sessionId, article: "kb_lost_authenticator" }),
      await sessions.useTool.mutate({ sessionId, tool: "look_up_account" }),
      await sessions.writeNote.mutate({ sessionId, fields: { symptom: "No sign-in" } }),
      await sessions.pickRootCause.mutate({ sessionId, option: "lost_device" }),
      await sessions.get.query({ sessionId }),
      await sessions.list.query({ state: "active" }),
      await scenarios.get.query({ scenarioId: scenario.id }),
      await scenarios.list.query({}),
      await performance.mine.query(),
      await performance.due.query(),
      await performance.achievements.query(),
      await performance.leaderboard.query({ period: "all" }),
      await ben.certificates.certifications.query(),
      await ben.assignments.mine.query({}),
      await ben.notifications.list.query({}),
    ];
    // Ids and numbers of what is new each time are not of whom it is.
    told.push(
      JSON.stringify(answers)
        .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id")
        .replaceAll(/"(number|attempts?)":\d+/g, '"$1":0'),
    );
    await sessions.abandon.mutate({ sessionId });
    // The next one begins where this one began.
    await server.resources.sql`update training_sessions set is_virtual = true where id = ${sessionId}`;
  }
  expect(told[0]).toBe(told[1]);
});

test("two starts at once make one session, and the other is told which", async () => {
  const started = await Promise.allSettled(Array.from({ length: 5 }, () => start(yuki, "maria")));
  const ids = started.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []));
  expect(ids).toHaveLength(1);
  const told = started.flatMap((one) =>
    one.status === "rejected" && isRefusal(one.reason) ? [one.reason.data.refusal] : [],
  );
  expect(told).toEqual(
    Array.from({ length: 4 }, () => ({ code: "session.already_active", sessionId: ids[0] })),
  );
  await yuki.sessions.abandon.mutate({ sessionId: ids[0]! });
});

test("what two tabs say at once is all in the log, in one order, and two ends are one", async () => {
  const { id: sessionId } = await start(yuki, "maria");
  const texts = [
    "Hello!",
    "Which department do you work in?",
    "Could you tell me your employee number, please?",
  ];
  await Promise.all(texts.map((text) => yuki.sessions.say.mutate({ sessionId, text })));
  const ends = await Promise.all([1, 2, 3].map(() => codeOf(yuki.sessions.resolve.mutate({ sessionId }))));
  expect(ends.toSorted()).toEqual(["ok", "session.ended", "session.ended"]);
  const log = await yuki.sessions.log.query({ sessionId });
  expect(log.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(
    log.events.flatMap((event) => (event.kind === "trainee_said" ? [event.text] : [])).toSorted(),
  ).toEqual(texts.toSorted());
  expect(log.brokenAt).toBeNull();
  expect((await yuki.sessions.feedback.query({ sessionId })).gradings).toHaveLength(1);
  for (const call of [
    yuki.sessions.say.mutate({ sessionId, text: "Hello?" }),
    yuki.sessions.useTool.mutate({ sessionId, tool: "call_back" }),
    yuki.sessions.takeHint.mutate({ sessionId, level: "nudge" }),
    yuki.sessions.abandon.mutate({ sessionId }),
  ])
    expect(await codeOf(call)).toBe("session.ended");
});

test("a session is its trainee's, and of whoever trains them; to everybody else it is not there", async () => {
  const { id: sessionId } = await start(ben, "maria");
  const seen = (api: HelpdeskApi) => codeOf(api.sessions.get.query({ sessionId }));
  expect(await Promise.all([ben, petra, sofia, yuki, ingrid].map(seen))).toEqual([
    "ok",
    "ok",
    "ok",
    "session.not_found",
    "session.not_found",
  ]);
  for (const api of [petra, sofia, yuki, ingrid])
    expect(await codeOf(api.sessions.say.mutate({ sessionId, text: "Hello!" }))).toBe("session.not_found");
  const listed = async (api: HelpdeskApi) =>
    (await api.sessions.list.query({ whose: "supervised", limit: 100 })).items.map(({ id }) => id);
  expect(await listed(petra)).toContain(sessionId);
  expect(await listed(sofia)).toContain(sessionId);
  expect(await listed(ben)).toEqual([]);
  expect(await listed(ingrid)).not.toContain(sessionId);
  await ben.sessions.abandon.mutate({ sessionId });
});

test("a corrected act is one more event and one more grading; the old one stays, and who corrected is in the log", async () => {
  const sessionId = await played(ben, "maria", "careful, for the owner");
  const { gradings } = await ben.sessions.feedback.query({ sessionId });
  const correction = { sessionId, sequence: 2, acts: ["rude"], reason: "That was no greeting" };
  for (const api of [ben, yuki, ingrid])
    expect(["permission.denied", "session.not_found"]).toContain(
      await codeOf(api.sessions.correctAct.mutate(correction)),
    );
  expect(await codeOf(petra.sessions.correctAct.mutate({ ...correction, sequence: 3 }))).toBe(
    "session.not_a_message",
  );
  expect(await codeOf(petra.sessions.correctAct.mutate({ ...correction, acts: ["fly"] }))).toBe(
    "session.unknown_act",
  );
  await Promise.all([
    petra.sessions.correctAct.mutate(correction),
    sofia.sessions.correctAct.mutate({ ...correction, acts: ["greet"] }),
  ]);
  const after = await ben.sessions.feedback.query({ sessionId });
  expect(after.gradings.map(({ revision, cause }) => [revision, cause])).toEqual([
    [1, "ended"],
    [2, "corrected"],
    [3, "corrected"],
  ]);
  expect(after.gradings[0]).toEqual(gradings[0]);
  expect(after.gradings[0]!.overall).toBe(10_000);
  expect(after.gradings[2]!.overall).toBeLessThan(10_000);
  const log = await ben.sessions.log.query({ sessionId });
  expect(log.brokenAt).toBeNull();
  expect(log.chain.map(({ actorId }) => actorId !== null).slice(-3)).toEqual([false, true, true]);
});

test("a log that somebody edited behind the product is named at the first event that is not as it was", async () => {
  const { sql } = server.resources;
  const sessionId = await played(ben, "maria", "removed without proof");
  const brokenAt = async () => (await ben.sessions.log.query({ sessionId })).brokenAt;
  expect(await brokenAt()).toBeNull();
  await sql`update training_events set at = at + interval '1 second' where training_session_id = ${sessionId} and sequence = 4`;
  expect(await brokenAt()).toBe(4);
  await sql`update training_events set at = at - interval '1 second' where training_session_id = ${sessionId} and sequence = 4`;
  expect(await brokenAt()).toBeNull();
  await sql`update training_sessions set cast_id = 'caller' where id = ${sessionId}`;
  expect(await brokenAt()).toBe(1);
});

test("sessions are listed by pages, the latest first, each once, and as they are asked for", async () => {
  const all = (await ben.sessions.list.query({ limit: 100 })).items;
  const paged = [];
  let cursor: string | null | undefined;
  do {
    const page = await ben.sessions.list.query({ limit: 2, cursor });
    paged.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  expect(all.length).toBeGreaterThan(4);
  expect(paged).toEqual(all);
  expect(all.map(({ startedAt }) => startedAt)).toEqual(
    all.map(({ startedAt }) => startedAt).toSorted((a, b) => (a < b ? 1 : -1)),
  );
  const count = async (filter: Parameters<typeof ben.sessions.list.query>[0]) =>
    (await ben.sessions.list.query({ ...filter, limit: 100 })).items.length;
  expect(await count({ scenario: KEY })).toBe(all.length);
  expect(await count({ scenario: "no-such-scenario" })).toBe(0);
  expect(await count({ difficulty: "expert" })).toBe(0);
  expect((await count({ clock: "real" })) + (await count({ clock: "virtual" }))).toBe(all.length);
  expect((await count({ state: "active" })) + (await count({ state: "ended" }))).toBe(all.length);
  const foreign = { whose: "supervised", limit: 1 } as const;
  const { nextCursor } = await sofia.sessions.list.query(foreign);
  expect(nextCursor).not.toBeNull();
  const users = await sofia.users.list.query({ limit: 1 });
  expect(await codeOf(ben.sessions.list.query({ cursor: users.nextCursor }))).toBe("cursor.invalid");
});
