import { isRefusal } from "@helpdesk/client";
import { systemRuntime } from "../runtime.ts";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { rigged } from "../sessions/playing.fixtures.ts";
import { rehearse } from "../sessions/rehearse.fixtures.ts";

const runtime = rigged(systemRuntime);
let server: TestServer;

beforeAll(async () => {
  server = await startServer({ runtime });
});

afterAll(() => server[Symbol.asyncDispose]());

const play = async (who: string, key: string, run: string) =>
  rehearse(server, runtime, await server.as(who), [key, run]);
const mine = async (who: string) => (await server.as(who)).api.performance.mine.query();
const board = async (who: string) =>
  (await (await server.as(who)).api.performance.leaderboard.query({ period: "all" })).items;
const earned = async (who: string) =>
  (await (await server.as(who)).api.performance.achievements.query()).filter(
    ({ earnedAt }) => earnedAt !== null,
  );

describe("one's own performance", () => {
  test("is empty before the first session: level 1, no average, no rank among nobody", async () => {
    expect(await mine("carla")).toMatchObject({
      xp: 0,
      level: 1,
      sessions: 0,
      overall: { count: 0, average: null },
      personalBests: [],
      percentileMillionths: null,
    });
  });

  test("is the fold of one's sessions: only the better attempt pays, and achievements on top", async () => {
    await play("ben", "lost-authenticator", "removed without proof");
    await play("ben", "lost-authenticator", "careful, for the owner");
    await play("ben", "lost-authenticator", "impostor refused");
    await play("ben", "lost-authenticator", "helped the impostor");
    const performance = await mine("ben");
    const achievementXp = (await earned("ben")).reduce((sum, { xp }) => sum + xp, 0);
    expect(performance).toMatchObject({
      sessions: 4,
      passed: 2,
      xp: 100 + achievementXp,
      streak: { current: 1, longest: 1 },
      acceptance: {
        falseAccepts: { count: 1, of: 2, millionths: 500_000 },
        falseRejects: { count: 0, of: 2 },
      },
    });
    expect(performance.personalBests).toMatchObject([
      { scenarioKey: "lost-authenticator", overall: 10_000, xp: 100, attempts: 4 },
    ]);
    expect(performance.history.map(({ overall }) => overall)).toEqual([0, 10_000, 10_000, 0]);
    expect(performance.bySkill.find(({ skill }) => skill === "identity_check")).toMatchObject({
      count: 4,
      average: 5_000,
    });
  });

  test("earned the achievements of a first pass, of an impostor refused, and of perfect scores", async () => {
    const keys = (await earned("ben")).map(({ key, tier }) => `${key} ${tier}`);
    expect(keys).toEqual(
      expect.arrayContaining(["first_steps bronze", "gatekeeper bronze", "flawless bronze"]),
    );
    expect(keys).not.toContain("first_steps silver");
  });
});

describe("the leaderboard", () => {
  test("ranks by XP, lists nobody who does not want it, and shows them their own row", async () => {
    await play("yuki", "password-reset", "careful, for the owner");
    const names = async (who: string) =>
      (await board(who)).map(({ name, rank, isMe }) => `${rank} ${name}${isMe ? "*" : ""}`);
    expect(await names("carla")).toEqual(["1 Ben Okafor", "2 Yuki Tanaka"]);
    await (await server.as("ben")).api.performance.listMe.mutate({ isOnLeaderboard: false });
    expect(await names("carla")).toEqual(["1 Yuki Tanaka"]);
    expect(await names("ben")).toEqual(["1 Ben Okafor*", "2 Yuki Tanaka"]);
    await (await server.as("ben")).api.performance.listMe.mutate({ isOnLeaderboard: true });
  });

  test("has one's share of colleagues with less XP", async () => {
    expect((await mine("ben")).percentileMillionths).toBe(1_000_000);
    expect((await mine("yuki")).percentileMillionths).toBe(0);
    expect((await mine("carla")).percentileMillionths).toBe(0);
  });

  test("of a department has its people alone, and of this week what was earned this week", async () => {
    const { api } = await server.as("carla");
    const { sql } = server.resources;
    const [billing] = await sql<
      { id: string }[]
    >`select id from departments where name = 'Billing and accounts'`;
    expect(
      (await api.performance.leaderboard.query({ period: "week", departmentId: billing!.id })).items,
    ).toEqual([]);
    const before = (await api.performance.leaderboard.query({ period: "week" })).items;
    expect(before.map(({ name }) => name)).toEqual(["Ben Okafor", "Yuki Tanaka"]);
    await sql`update training_sessions s set started_at = started_at - interval '30 days', ended_at = ended_at - interval '30 days'
      from users u where u.id = s.user_id and u.name = 'Yuki Tanaka'`;
    await sql`update user_achievements e set earned_at = earned_at - interval '30 days'
      from users u where u.id = e.user_id and u.name = 'Yuki Tanaka'`;
    expect(
      (await api.performance.leaderboard.query({ period: "week" })).items.map(({ name }) => name),
    ).toEqual(["Ben Okafor"]);
    expect((await board("carla")).map(({ name }) => name)).toEqual(["Ben Okafor", "Yuki Tanaka"]);
  });
});

test("two sessions that end at the same moment earn together what neither would alone", async () => {
  const devon = await server.as("devon");
  await play("devon", "password-reset", "careful, for the owner");
  const open: { sessionId: string }[] = [];
  for (const [key, run] of [
    ["lost-authenticator", "careful, for the owner"],
    ["printer-offline", "finds the new address"],
  ] as const)
    open.push(await rehearse(server, runtime, devon, [key, run], { isEnded: false }));
  expect((await earned("devon")).map(({ key }) => key)).not.toContain("explorer");
  const ends: Promise<unknown>[] = [];
  await server.resources.sql.begin(async (tx) => {
    // Neither is graded before both are about to be.
    await tx`lock table performance_metrics in share mode`;
    ends.push(...open.map(({ sessionId }) => devon.api.sessions.resolve.mutate({ sessionId })));
    await vi.waitFor(async () => {
      const [row] = await server.resources.sql<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_locks where not granted`;
      expect(row!.waiting).toBeGreaterThanOrEqual(2);
    });
  });
  await Promise.all(ends);
  expect((await earned("devon")).map(({ key }) => key)).toContain("explorer");
});

test("a leaderboard has no more rows than it was asked for, and one's own, however many share a rank", async () => {
  const { api } = await server.as("yuki");
  const { items } = await api.performance.leaderboard.query({ period: "all", limit: 1 });
  expect(items.map(({ name }) => name)).toHaveLength(2);
  expect(items.at(-1)).toMatchObject({ name: "Yuki Tanaka", isMe: true });
});

describe("a trainer", () => {
  const cohort = async (who: string) =>
    (await (await server.as(who)).api.performance.cohort.query({})).items.map(({ name }) => name);

  test("sees the people of the departments they manage, an admin everybody who practises", async () => {
    expect(await cohort("petra")).toEqual(["Ben Okafor", "Devon Price", "Yuki Tanaka"]);
    expect(await cohort("marcus")).toEqual(["Carla Mendes", "Devon Price"]);
    expect((await cohort("sofia")).length).toBeGreaterThan(5);
    expect(await cohort("sofia")).not.toContain("Simulated customer");
  });

  test("sees how one of them does; of others nothing, as if they were not there", async () => {
    const { sql } = server.resources;
    const [ben] = await sql<{ id: string }[]>`select id from users where name = 'Ben Okafor'`;
    const seen = await (await server.as("petra")).api.performance.of.query({ userId: ben!.id });
    expect(seen).toEqual(await mine("ben"));
    await expect((await server.as("marcus")).api.performance.of.query({ userId: ben!.id })).rejects.toSatisfy(
      (error) => isRefusal(error, "user.not_found"),
    );
  });

  test("pages through their people in the order of their addresses", async () => {
    const { api } = await server.as("petra");
    const first = await api.performance.cohort.query({ limit: 2 });
    const second = await api.performance.cohort.query({ limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(await cohort("petra"));
    expect(second.nextCursor).toBeNull();
    await expect(api.performance.cohort.query({ cursor: "x" })).rejects.toSatisfy((error) =>
      isRefusal(error, "cursor.invalid"),
    );
  });
});

test("a correction changes XP and rank, and takes no achievement back", async () => {
  const before = await mine("yuki");
  const had = await earned("yuki");
  const [best] = before.personalBests;
  const { api } = await server.as("petra");
  const log = await api.sessions.get.query({ sessionId: best!.sessionId });
  const said = log.events.find(({ kind }) => kind === "trainee_said")!;
  await api.sessions.correctAct.mutate({
    sessionId: best!.sessionId,
    sequence: said.sequence,
    acts: ["ask.password"],
    reason: "It asks for the password",
  });
  const after = await mine("yuki");
  expect(after.personalBests[0]!.overall).toBe(4_000);
  expect(after.xp).toBe(before.xp - best!.xp);
  expect(await earned("yuki")).toEqual(had);
});
