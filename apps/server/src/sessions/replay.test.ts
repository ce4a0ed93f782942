import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { rigged } from "./playing.fixtures.ts";
import { rehearse } from "./rehearse.fixtures.ts";
import { replay, wrongGradings } from "./replay.ts";

const runtime = rigged(systemRuntime);
let server: TestServer;
let sessionId: string;

beforeAll(async () => {
  server = await startServer({ runtime });
  const ben = await server.as("ben");
  ({ sessionId } = await rehearse(server, runtime, ben, ["lost-authenticator", "careful, for the owner"]));
});
afterAll(() => server[Symbol.asyncDispose]());

test("every ended session is what its log says", async () => {
  const { sessions, differences } = await replay(server.resources.sql);
  expect(sessions).toBe(1);
  expect(differences).toEqual([]);
});

test.for([
  [
    "user_id",
    "(select id from users where email = 'yuki@lumen.example')",
    "Event 1 is not as it was written.",
  ],
  ["attempt", "17", "Event 1 is not as it was written."],
  ["is_virtual", "true", "Event 1 is not as it was written."],
  ["seed", "'5eed'", "Event 1 is not as it was written."],
  ["cast_id", "'caller'", "Event 1 is not as it was written."],
  ["cast_role", "'impostor'", "Not what its log says: castRole."],
  ["scenario_key", "'password-reset'", "Not what its log says: scenarioKey."],
  ["ending", "'refused'", "Not what its log says: ending."],
  ["ended_at", "ended_at + interval '40 days'", "Not what its log says: endedAt."],
  ["started_at", "started_at - interval '1 year'", "Not what its log says: startedAt."],
  ["last_event_at", "last_event_at + interval '1 day'", "Not what its log says: lastEventAt."],
  ["last_event_sequence", "last_event_sequence + 1", "Not what its log says: lastEventSequence."],
  ["log_hash", "repeat('0', 64)", "The log ends elsewhere."],
] as const)("a session whose %s somebody changed is named", async ([column, value, problem]) => {
  const { sql } = server.resources;
  const [before] = await sql`select ${sql(column)} as value from training_sessions where id = ${sessionId}`;
  await sql.unsafe(`update training_sessions set ${column} = ${value} where id = $1`, [sessionId]);
  expect((await replay(sql)).differences).toMatchObject([{ sessionId, problem }]);
  await sql`update training_sessions set ${sql({ [column]: before!["value"] })} where id = ${sessionId}`;
  expect((await replay(sql)).differences).toEqual([]);
});

test("one that was given up just before its end is not passed, for all its points, and SQL derives that too", async () => {
  const { sql } = server.resources;
  const yuki = await server.as("yuki");
  const run = ["lost-authenticator", "careful, for the owner"] as [string, string];
  const open = await rehearse(server, runtime, yuki, run, { isEnded: false });
  const { grading } = await yuki.api.sessions.abandon.mutate({ sessionId: open.sessionId });
  expect(grading!.overall).toBeGreaterThan(9_000);
  expect(grading!.isPassed).toBe(false);
  expect(await wrongGradings(sql)).toEqual([]);
  await sql`update performance_metrics set is_passed = true where training_session_id = ${open.sessionId}`;
  expect(await wrongGradings(sql)).toMatchObject([{ sessionId: open.sessionId }]);
});
