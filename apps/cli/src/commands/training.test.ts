import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
let server: TestServer;
let sessionId: string;

const scenarioFile = fileURLToPath(
  new URL("../../../../packages/domain/scenarios/lost-authenticator.yaml", import.meta.url),
);

/** The lines that the check prints, and how it ends. */
async function check(...options: string[]): Promise<{ code: unknown; lines: Record<string, unknown>[] }> {
  const child = spawn(process.execPath, [main, "training", "check", ...options], {
    env: { PATH: process.env["PATH"], DATABASE_URL: server.database.url },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const output = text(child.stdout);
  const [code] = (await once(child, "close")) as unknown[];
  const lines = (await output).trim().split("\n");
  return { code, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

beforeAll(async () => {
  server = await startServer();
  const { sessions } = (await server.as("ben")).api;
  const [row] = await server.resources.sql<{ id: string }[]>`
    select c.id from scenarios c join organizations o on o.id = c.organization_id and o.slug = 'demo'
    where c.key = 'lost-authenticator'`;
  sessionId = (await sessions.start.mutate({ scenarioId: row!.id })).id;
  await sessions.say.mutate({ sessionId, text: "Hello! Which department do you work in?" });
  await sessions.pickRootCause.mutate({ sessionId, option: "lost_device" });
  await sessions.resolve.mutate({ sessionId });
  // One that was given up is not passed, whatever it scored.
  const { id } = await sessions.start.mutate({ scenarioId: row!.id });
  await sessions.abandon.mutate({ sessionId: id });
});

afterAll(() => server[Symbol.asyncDispose]());

test("every stored score follows from its sections, and from its log", async () => {
  const { code, lines } = await check("--replay");
  expect(code).toBe(0);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ wrong: 0, differences: 0 });
  expect(lines[0]!["gradings"]).toBeGreaterThan(0);
});

test("what sessions.log answers is graded offline, from its file alone, to the same score", async () => {
  const { sessions } = (await server.as("ben")).api;
  const log = await sessions.log.query({ sessionId });
  const { overall } = (await sessions.feedback.query({ sessionId })).gradings[0]!;
  const folder = await mkdtemp(join(tmpdir(), "helpdesk-log-"));
  try {
    const file = join(folder, "log.json");
    await writeFile(file, JSON.stringify(log));
    const child = spawn(process.execPath, [main, "scenario", "grade", scenarioFile, file], {
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", "pipe", "inherit"],
    });
    expect(await text(child.stdout)).toMatch(new RegExp(`overall +${(overall / 100).toFixed(2)}`));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a score that somebody wrote behind the product is named, by its row and by its log", async () => {
  const { sql } = server.resources;
  await sql`
    update performance_metrics set overall_hundredths = 9900, raw_hundredths = 9900, cap_hundredths = null,
      is_passed = true
    where training_session_id = ${sessionId}`;
  const bySections = await check();
  expect(bySections.code).toBe(1);
  expect(bySections.lines).toMatchObject([{ sessionId, revision: 1, storedOverall: 9900 }, { wrong: 1 }]);
  // Sections that fit the score satisfy the row alone; the log says otherwise.
  await sql`
    update performance_metrics set verification_hundredths = 9900, communication_hundredths = 9900,
      technical_hundredths = 9900, documentation_hundredths = 9900, response_time_hundredths = 9900
    where training_session_id = ${sessionId}`;
  expect((await check()).code).toBe(0);
  const byLog = await check("--replay");
  expect(byLog.code).toBe(1);
  expect(byLog.lines).toMatchObject([{ sessionId }, { wrong: 0, differences: 1 }]);
});

test("weights that are missing or no whole numbers are not taken, and a row without one is wrong", async () => {
  const { sql } = server.resources;
  const write = (weights: string) =>
    sql.unsafe(`update performance_metrics set weights = ${weights} where training_session_id = $1`, [
      sessionId,
    ]);
  const [before] = await sql<{ weights: string }[]>`
    select weights from performance_metrics where training_session_id = ${sessionId}`;
  for (const weights of [
    "weights - 'technical'",
    `weights || '{"technical": -1}'`,
    `weights || '{"technical": 1.5}'`,
    `weights || '{"technical": "25"}'`,
    `weights || '{"technical": null}'`,
    "'[]'",
  ])
    await expect(write(weights)).rejects.toThrow("performance_metrics_weights_check");
  expect((await check()).code).toBe(0);
  // Whoever can drop the rule is found all the same.
  await sql`alter table performance_metrics drop constraint performance_metrics_weights_check`;
  await write("weights - 'technical'");
  const { code, lines } = await check();
  expect(code).toBe(1);
  expect(lines).toMatchObject([{ sessionId, revision: 1, derivedOverall: null }, { wrong: 1 }]);
  await sql`update performance_metrics set weights = ${before!.weights} where training_session_id = ${sessionId}`;
});

test("a log that somebody edited is named at the event", async () => {
  await server.resources.sql`
    update training_events set data = data || '{"acts": ["greet", "empathize"]}'
    where training_session_id = ${sessionId} and sequence = 2`;
  const { code, lines } = await check("--replay");
  expect(code).toBe(1);
  expect(lines[0]).toMatchObject({ sessionId, problem: "Event 2 is not as it was written." });
});
