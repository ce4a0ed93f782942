import { randomUUID } from "node:crypto";
import { accessTokenOf, call, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { systemRuntime } from "../runtime.ts";
import { sweepExpired } from "../worker/sweep-expired.ts";
import type { definitionSchema } from "./definition.ts";

type Asked = z.input<typeof definitionSchema>;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const period = { from: "2026-01-01T00:00:00.000Z", until: "2026-02-01T00:00:00.000Z" };
const january = { period, zone: "Europe/Berlin" };
const byAgent: Asked = { kind: "counts", ...january, by: ["agent"] };

const runAs = async (name: string, definition: Asked) =>
  (await server.as(name)).api.reports.run.query({ definition });

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "ok",
    (error: { data?: { refusal?: { code: string } } }) => error.data?.refusal?.code ?? "defect",
  );

/** The sum of a figure over all rows. */
const sumOf = <K extends string>(rows: readonly Record<K, number>[], figure: K): number =>
  rows.reduce((sum, row) => sum + row[figure], 0);

describe("what counts", () => {
  test("are the tickets that lists show, and none that is simulated, merged or out of sight", async () => {
    for (const name of ["sofia", "petra"]) {
      const { api } = await server.as(name);
      const listed = (await api.tickets.list.query({ limit: 100 })).items;
      const report = await runAs(name, byAgent);
      expect(report.kind === "counts" && sumOf(report.rows, "tickets"), name).toBe(listed.length);
    }
    const all = await runAs("sofia", byAgent);
    const departments = await runAs("petra", byAgent);
    expect(departments.rows.length).toBeLessThan(all.rows.length);
  });

  test("a merged ticket leaves every figure, and its undo gives it back", async () => {
    const { api } = await server.as("sofia");
    const [into, merged] = (await api.tickets.list.query({ isOpen: true, limit: 2 })).items;
    const volume: Asked = { kind: "volume", ...january, interval: "month" };
    const before = await runAs("sofia", volume);
    const { id: ticketId, version } = merged!;
    const header = await api.tickets.merge.mutate({ ticketId, version, intoTicketId: into!.id });
    const after = await runAs("sofia", volume);
    const [had, has] = [before, after].map((report) => (report.kind === "volume" ? report.rows[0]! : null));
    expect([has!.opened, has!.backlog]).toEqual([had!.opened - 1, had!.backlog - 1]);
    await api.tickets.unmerge.mutate({ ticketId, version: header.version });
    expect((await runAs("sofia", volume)).rows).toEqual(before.rows);
  });

  test("a ticket resolved and reopened now is in the parts of now", async () => {
    const { api } = await server.as("sofia");
    const today: Asked = {
      kind: "volume",
      period: { last: 1, unit: "day" },
      zone: "Asia/Kolkata",
      interval: "day",
    };
    const totals = async () => {
      const report = await runAs("sofia", today);
      return report.kind === "volume" ? report.rows.at(-1)! : null;
    };
    const before = (await totals())!;
    const { id, version } = await api.tickets.open.mutate({ title: "Counted", description: "" });
    expect(await totals()).toMatchObject({ opened: before.opened + 1, backlog: before.backlog + 1 });
    const { statuses } = await api.statuses.list.query();
    const keyOf = (category: string) => statuses.find((status) => status.category === category)!.key;
    const working = await api.tickets.setStatus.mutate({
      ticketId: id,
      status: keyOf("in_progress"),
      version,
    });
    await api.tickets.setStatus.mutate({ ticketId: id, status: keyOf("resolved"), version: working.version });
    expect(await totals()).toMatchObject({ resolved: before.resolved + 1, backlog: before.backlog });
  });

  test("only agents' own work is in an agent's workload, and all of it in a manager's", async () => {
    const workload: Asked = { kind: "workload", ...january };
    const own = await runAs("ben", workload);
    const whole = await runAs("sofia", workload);
    if (own.kind !== "workload" || whole.kind !== "workload") throw new Error("These are no workloads.");
    expect(own.rows.map(({ agent }) => agent.name)).toEqual(["Ben Okafor"]);
    expect(whole.rows.length).toBeGreaterThan(1);
    expect(whole.rows).toContainEqual(own.rows[0]);
  });
});

test("who answered in copy is no agent, also when they are in copy no more", async () => {
  const [{ api: sofia }, { api: nora }, { api: tom }] = await Promise.all([
    server.as("sofia"),
    server.as("nora"),
    server.as("tom"),
  ]);
  const { id: ticketId } = await nora.tickets.open.mutate({ title: "For both of us", description: "" });
  const { id: inCopy } = await tom.auth.me.query();
  await sofia.tickets.setCc.mutate({ ticketId, add: [inCopy], remove: [] });
  const replies = async () => {
    const period = { last: 1, unit: "day" } as const;
    const report = await runAs("sofia", { kind: "workload", period, zone: "Etc/UTC" });
    if (report.kind !== "workload") throw new Error("This is no workload.");
    return new Map(report.rows.map((row) => [row.agent.name, row.replies]));
  };
  await tom.tickets.reply.mutate({ ticketId, body: "It stopped here too." });
  await sofia.tickets.setCc.mutate({ ticketId, add: [], remove: [inCopy] });
  const before = await replies();
  expect(before.has("Tom Whitaker")).toBe(false);
  await sofia.tickets.reply.mutate({ ticketId, body: "We are looking." });
  const { name } = await sofia.auth.me.query();
  expect((await replies()).get(name)).toBe((before.get(name) ?? 0) + 1);
});

test("who was asked and did not answer counts in how many answer, however long ago; who was not asked does not", async () => {
  const { sql } = server.resources;
  const resolvedAt = "2026-01-10T00:00:00.000Z";
  const tickets = await sql<{ id: string; organizationId: string }[]>`
    select t.id, t.organization_id as "organizationId" from tickets t
    join organizations o on o.id = t.organization_id and o.slug = 'demo' where not t.is_simulated order by number limit 3`;
  const answers = [
    { tokenHash: "a".repeat(64), score: "good", ratedAt: resolvedAt },
    { tokenHash: "b".repeat(64), score: null, ratedAt: null },
    { tokenHash: null, score: null, ratedAt: null },
  ];
  for (const [index, { tokenHash, score, ratedAt }] of answers.entries()) {
    const { id, organizationId } = tickets[index]!;
    await sql`
      insert into ticket_ratings (organization_id, id, ticket_id, resolved_at, token_hash, created_at, expires_at, score, rated_at)
      values (${organizationId}, ${randomUUID()}, ${id}, ${resolvedAt}, ${tokenHash}, ${resolvedAt}, '2026-01-20', ${score}, ${ratedAt})`;
  }
  const satisfaction = async () => (await runAs("sofia", { kind: "satisfaction", ...january })).rows;
  const before = await satisfaction();
  expect(before).toMatchObject([{ asked: 2, good: 1, bad: 0, share: 1, responseRate: 0.5 }]);
  expect((await sweepExpired({ sql, runtime: systemRuntime })).ticketRatings).toBe(1);
  expect(await satisfaction()).toEqual(before);
});

describe("saved reports", () => {
  const saved = async (name: string, rest: object = {}) =>
    (await server.as(name)).api.reports.save.mutate({
      name: `By ${name} ${randomUUID()}`,
      definition: byAgent,
      ...rest,
    });

  test("run with the rights of whoever runs them", async () => {
    const { id } = await saved("sofia", { isShared: true });
    const [admin, manager] = await Promise.all(
      ["sofia", "petra"].map(async (name) =>
        (await server.as(name)).api.reports.runSaved.query({ reportId: id }),
      ),
    );
    expect(admin!.rows).toEqual((await runAs("sofia", byAgent)).rows);
    expect(manager!.rows).toEqual((await runAs("petra", byAgent)).rows);
    expect(manager!.rows).not.toEqual(admin!.rows);
  });

  test("keep a tag by what it is, not by what it was called", async () => {
    const { api } = await server.as("sofia");
    const definition: Asked = { ...byAgent, filters: { tags: ["refund"] } };
    const { id } = await saved("sofia", { definition });
    const before = await api.reports.runSaved.query({ reportId: id });
    expect(before.rows.length).toBeGreaterThan(0);
    const tag = (await api.tags.list.query()).find(({ name }) => name === "refund")!;
    await api.tags.rename.mutate({ tagId: tag.id, name: "money back", version: tag.version });
    expect((await api.reports.runSaved.query({ reportId: id })).rows).toEqual(before.rows);
    expect((await api.reports.get.query({ reportId: id })).definition.filters.tags).toEqual(["money back"]);
  });

  test("change by the version that was read, and go where they are sent", async () => {
    const { api } = await server.as("petra");
    const { id, version } = await saved("petra");
    const renamed = await api.reports.update.mutate({ reportId: id, version, name: "Ours", isShared: true });
    expect(renamed).toMatchObject({ name: "Ours", reach: "organization", version: version + 1 });
    expect(await codeOf(api.reports.update.mutate({ reportId: id, version, name: "Late" }))).toBe(
      "version.conflict",
    );
    const sofias = (await server.as("sofia")).api;
    expect((await sofias.reports.list.query()).map(({ name }) => name)).toContain("Ours");
    await sofias.reports.delete.mutate({ reportId: id, version: version + 1 });
    expect(await codeOf(api.reports.get.query({ reportId: id }))).toBe("report.not_found");
  });

  test("have names of their own, and there may only be so many", async () => {
    const { api } = await server.as("yuki");
    const workload: Asked = { kind: "workload", ...january };
    for (let n = 1; n <= 50; n++) await api.reports.save.mutate({ name: `Mine ${n}`, definition: workload });
    expect(await codeOf(api.reports.save.mutate({ name: "One more", definition: workload }))).toBe(
      "report.limit_reached",
    );
    const mine = (await api.reports.list.query()).filter(({ reach }) => reach === "personal");
    expect(mine).toHaveLength(50);
    const [first, second] = mine;
    const taken = { reportId: first!.id, version: first!.version, name: second!.name };
    expect(await codeOf(api.reports.update.mutate(taken))).toBe("report.name_taken");
  });

  test("name only what is there, in a period that can be", async () => {
    const attempts: Partial<Record<string, object>> = {
      "tag.unknown": { filters: { tags: ["no such tag"] } },
      "status.unknown": { filters: { statuses: ["no_such_status"] } },
      "department.not_found": { filters: { departments: ["019b8d2b-8c00-7afb-8bcf-000000000000"] } },
      "report.period_invalid": { period: { from: period.until, until: period.from } },
      ok: { filters: { departments: ["mine"] } },
    };
    for (const [code, more] of Object.entries(attempts))
      expect(await codeOf(saved("sofia", { definition: { ...byAgent, ...more } }))).toBe(code);
  });
});

test("whatever a definition says, the answer is rows or a refusal", async () => {
  const accessToken = await accessTokenOf(server.url, "sofia");
  const instants = [
    "0001-01-01T00:00:00.000Z",
    "0000-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z",
    period.from,
    period.until,
  ];
  const kinds = ["counts", "volume", "times", "compliance", "workload", "satisfaction", "tickets", "ratings"];
  const zones = ["Etc/UTC", "Pacific/Apia", "Mars/Base", "Europe/Berlin", "", "UTC+01:00", "EST5EDT"];
  const bys = [["status"], ["tag", "agent"], ["policy", "policy"], [], ["nothing"], undefined];
  const outcomes = new Set<string>();
  for (let n = 0; n < 600; n++) {
    const of = <T>(values: readonly T[], step: number): T => values[Math.floor(n / step) % values.length]!;
    const definition = {
      kind: of(kinds, 1),
      period:
        n % 7 === 0
          ? { last: of([1, 750, 751, 0], 3), unit: of(["hour", "month", "year"], 2) }
          : { from: of(instants, 2), until: of(instants, 11) },
      zone: of(zones, 5),
      ...(n % 3 === 0 ? {} : { by: of(bys, 3), interval: of(["hour", "day", "month", null], 4) }),
      metric: of(["resolution", undefined], 13),
    };
    const answer = await call(server.url, {
      path: "reports.run",
      type: "query",
      input: { definition },
      accessToken,
    });
    outcomes.add(answer.outcome);
    expect(answer.status, JSON.stringify(definition)).toBeLessThan(500);
  }
  expect([...outcomes].toSorted()).toEqual(["input.invalid", "ok", "report.period_invalid"]);
});
