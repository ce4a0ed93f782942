import { accessTokenOf, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Context, type RequestContext, signedInContext } from "../context.ts";
import { systemRuntime } from "../runtime.ts";
import { withTagIds } from "./ask.ts";
import { definitionSchema } from "./definition.ts";
import { download } from "./download.ts";
import { generate } from "./proof/generate.ts";
import { inTime } from "./run.ts";
import type { z } from "zod";

type Asked = z.input<typeof definitionSchema>;

const NOW = "2026-04-20T09:30:00.000Z";
const GENERATED = 4_000;

let now = NOW;
let server: TestServer;
let organizationId: string;
const tokens: Record<string, string> = {};

const period = { from: "2024-06-01T00:00:00.000Z", until: "2026-05-01T00:00:00.000Z" };
const everything = { period, zone: "Europe/Berlin" };
const tickets: Asked = { kind: "tickets", ...everything };

beforeAll(async () => {
  server = await startServer({
    runtime: { ...systemRuntime, now: () => now },
    env: { ACCESS_TOKEN_SECONDS: "3600" },
  });
  const { sql } = server.resources;
  const [row] = await sql<{ id: string }[]>`select id from organizations where slug = 'demo'`;
  organizationId = row!.id;
  await generate(sql, organizationId, { tickets: GENERATED, seed: 1, until: NOW });
  for (const name of ["sofia", "petra", "ben", "nora"]) tokens[name] = await accessTokenOf(server.url, name);
});

afterAll(() => server[Symbol.asyncDispose]());

async function contextOf(name: string): Promise<Context> {
  const { resources } = server;
  const actor = await resources.principals.actorOf(tokens[name]!);
  const request = { resources, accessToken: tokens[name], notes: { replayed: [], limit: null } };
  return signedInContext(request as unknown as RequestContext, actor!);
}

const csv = (query: Record<string, string>, name?: string) =>
  fetch(`${server.url}/reports/csv?${new URLSearchParams(query).toString()}`, {
    headers: name === undefined ? {} : { authorization: `Bearer ${tokens[name]}` },
  });

const byDefinition = (definition: Asked, name?: string, rest: Record<string, string> = {}) =>
  csv({ definition: JSON.stringify(definition), ...rest }, name);

const refusalOf = async (answer: Response) =>
  [answer.status, ((await answer.json()) as { refusal?: { code: string } }).refusal?.code] as const;

/** The records of a CSV, by a reader of RFC 4180 that knows nothing of ours. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n|$)/g)) {
    if (quoted === undefined && plain === "" && end === "") break;
    records.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === "\r\n") records.push([]);
  }
  if (records.at(-1)!.length === 0) records.pop();
  return records;
}

test("a list of tickets comes whole, each ticket once, in the order they were opened in", async () => {
  const answer = await byDefinition(tickets, "sofia");
  expect(answer.headers.get("content-type")).toMatch(/^text\/csv; charset=utf-8/);
  expect(answer.headers.get("content-disposition")).toContain("tickets 2024-06-01.csv");
  const [head, ...records] = recordsOf(await answer.text());
  expect(head!.slice(0, 2)).toEqual(["Number", "Title"]);
  const stored = await server.resources.sql<{ number: number }[]>`
    select number from tickets where organization_id = ${organizationId} and not is_simulated and merged_into_id is null
    order by created_at, id`;
  expect(stored.length).toBeGreaterThan(GENERATED * 0.9);
  expect(records.map(([number]) => Number(number))).toEqual(stored.map(({ number }) => number));
  expect(new Set(records.map((record) => record.length))).toEqual(new Set([head!.length]));
  const formulas = records.filter(([, title]) => title!.includes("1+1"));
  expect(formulas.length).toBeGreaterThan(5);
  for (const [, title] of formulas) expect(title).toBe('\'=1+1, "quoted"');
});

test("a manager's list has the tickets they handle and no others", async () => {
  const { api } = await server.as("petra");
  const me = await api.auth.me.query();
  const [, ...records] = recordsOf(await (await byDefinition(tickets, "petra")).text());
  const stored = await server.resources.sql<{ number: number }[]>`
    select t.number from tickets t where t.organization_id = ${organizationId} and not t.is_simulated and t.merged_into_id is null
      and (t.department_id is null or t.assignee_id = ${me.id} or t.department_id in (
        select department_id from department_members where user_id = ${me.id}
        union select id from departments where manager_id = ${me.id}))
    order by t.created_at, t.id`;
  expect(records.map(([number]) => Number(number))).toEqual(stored.map(({ number }) => number));
  const all = recordsOf(await (await byDefinition(tickets, "sofia")).text());
  expect(records.length).toBeLessThan(all.length - 100);
});

test.for([
  { kind: "counts", by: ["department", "tag"] },
  { kind: "volume", interval: "month" },
  { kind: "times", metric: "resolution", clock: "calendar", interval: "month", by: ["agent"] },
  { kind: "compliance", by: ["policy"] },
  { kind: "workload" },
  { kind: "satisfaction", by: ["agent"] },
  { kind: "ratings" },
] as const)("the CSV of $kind says what its rows say", async (asked) => {
  const definition = { ...everything, ...asked } as unknown as Asked;
  const { api } = await server.as("sofia");
  const report = await api.reports.run.query({ definition });
  const [head, ...records] = recordsOf(await (await byDefinition(definition, "sofia")).text());
  expect(head).toEqual(report.columns.map(({ title }) => title));
  expect(report.rows.length).toBeGreaterThan(3);
  expect(records.length >= report.rows.length).toBe(true);
  expect(records.length === report.rows.length).toBe(report.isComplete);
  for (const [y, { unit, key }] of report.columns.entries()) {
    if (unit !== "count" && unit !== "seconds") continue;
    const figures = (report.rows as Record<string, number | null>[]).map((row) => String(row[key] ?? ""));
    expect(records.slice(0, figures.length).map((record) => record[y])).toEqual(figures);
  }
});

test("the database is read as fast as the reader reads: nothing is held for who is slow", async () => {
  const { sql } = server.resources;
  const ctx = await contextOf("sofia");
  const definition = await withTagIds(ctx, definitionSchema.parse(tickets));
  const { content } = await download(ctx, { report: { definition }, withBom: false });
  const pieces = [(await content.next()).value!, (await content.next()).value!];
  const busy = await sql`
    select 1 from pg_stat_activity
    where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`;
  expect(busy).toHaveLength(0);
  await sql`update tickets set title = 'Changed while it was read' where organization_id = ${organizationId}`;
  pieces.push(...(await Array.fromAsync(content)));
  const titles = recordsOf(pieces.join("")).map(([, title]) => title!);
  expect(titles.slice(0, 900).filter((title) => title.includes("Changed"))).toEqual([]);
  expect(titles.slice(2_000).filter((title) => !title.includes("Changed"))).toEqual([]);
  expect(titles.length).toBeGreaterThan(GENERATED * 0.9);
});

test("whoever loses the right to it meanwhile does not get the rest", async () => {
  tokens["omar"] = await accessTokenOf(server.url, "omar");
  const ctx = await contextOf("omar");
  const definition = await withTagIds(ctx, definitionSchema.parse(tickets));
  const started = async () => {
    const { content } = await download(ctx, { report: { definition }, withBom: false });
    await content.next();
    await content.next();
    return content;
  };
  expect((await (await started()).next()).done).toBe(false);
  const cut = await started();
  await server.resources.sql`
    update auth_sessions set revoked_at = ${NOW}, revoked_reason = 'signed_out' where user_id = ${ctx.actor.userId}`;
  await expect(cut.next()).rejects.toThrow("no longer");
});

test("a link opens one report without a header for a minute, marked for Excel where it is asked for", async () => {
  now = NOW;
  const { api } = await server.as("sofia");
  const definition: Asked = { kind: "workload", ...everything };
  const { path } = await api.reports.csvUrl.query({ definition, withBom: true });
  const opened = await fetch(server.url + path);
  expect(opened.status).toBe(200);
  const bytes = new Uint8Array(await opened.arrayBuffer());
  expect(Array.from(bytes.subarray(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
  expect((await fetch(`${server.url}/api/v1${path}`)).status).toBe(200);
  expect(await refusalOf(await fetch(`${server.url}${path.slice(0, -3)}abc`))).toEqual([
    401,
    "auth.required",
  ]);
  now = "2026-04-20T09:31:01.000Z";
  expect(await refusalOf(await fetch(server.url + path))).toEqual([401, "auth.required"]);
  now = NOW;
});

test("a saved report is had by its id, with the rights of who asks", async () => {
  const { api } = await server.as("sofia");
  const saved = await api.reports.save.mutate({
    name: "All, by number",
    definition: tickets,
    isShared: true,
  });
  expect((await csv({ reportId: saved.id }, "sofia")).headers.get("content-disposition")).toContain(
    "All, by number.csv",
  );
  const linesFor = async (name: string) =>
    recordsOf(await (await csv({ reportId: saved.id }, name)).text()).length;
  expect(await linesFor("petra")).toBeLessThan(await linesFor("sofia"));
  expect(await refusalOf(await csv({ reportId: saved.id }, "ben"))).toEqual([404, "report.not_found"]);
  const { path } = await api.reports.savedCsvUrl.query({ reportId: saved.id });
  expect((await fetch(server.url + path)).status).toBe(200);
});

test("more rows than a report may have are refused, and fewer of the same are not", async () => {
  const inParts = (interval: "day" | "month"): Asked => ({
    kind: "compliance",
    ...everything,
    by: ["agent", "tag"],
    interval,
  });
  expect(await refusalOf(await byDefinition(inParts("day"), "sofia"))).toEqual([422, "report.too_large"]);
  expect((await byDefinition(inParts("month"), "sofia")).status).toBe(200);
});

test("a statement that the database ended for the time it took is a report that is too large", async () => {
  const { read } = await contextOf("sofia");
  const send = (seconds: number) =>
    inTime(() => read.send(`select pg_sleep(${seconds})`, [], { prepared: false, asArrays: false }));
  await expect(send(0)).resolves.toHaveLength(1);
  await expect(send(30)).rejects.toMatchObject({ refusal: { code: "report.too_large", limitRows: null } });
});

test("what is refused is a problem, before the first line", async () => {
  expect(await refusalOf(await byDefinition(tickets))).toEqual([401, "auth.required"]);
  expect(await refusalOf(await byDefinition(tickets, "nora"))).toEqual([403, "permission.denied"]);
  expect(await refusalOf(await byDefinition(tickets, "ben"))).toEqual([403, "permission.denied"]);
  expect((await byDefinition({ kind: "workload", ...everything }, "ben")).status).toBe(200);
  expect(await refusalOf(await csv({ definition: "{" }, "sofia"))).toEqual([400, "input.invalid"]);
  expect(await refusalOf(await csv({}, "sofia"))).toEqual([400, "input.invalid"]);
  const backward = { ...tickets, period: { from: period.until, until: period.from } } as Asked;
  expect(await refusalOf(await byDefinition(backward, "sofia"))).toEqual([400, "report.period_invalid"]);
  expect(await refusalOf(await csv({ reportId: organizationId }, "sofia"))).toEqual([
    404,
    "report.not_found",
  ]);
});
