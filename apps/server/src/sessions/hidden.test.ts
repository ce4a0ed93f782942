import { globSync } from "node:fs";
import { plusSeconds } from "@helpdesk/domain";
import { type Answer, type TestServer, accessTokenOf, call, startServer } from "@helpdesk/testing/server";
import type { Home, RightInputs } from "@helpdesk/testing/tenant-wall";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { manifest } from "../manifest.ts";
import { recount } from "../sla/recount.ts";
import { tellDue } from "../sla/tell-due.ts";
import { closeResolved } from "../tickets/close-resolved.ts";
import { tendQueues } from "../tickets/tend-queues.ts";
import { runOf, scenarioOf, take, codeOf } from "./playing.fixtures.ts";

let server: TestServer;
let organizationId: string;
let all: { path: string; input: unknown }[];
const tokens = new Map<string, string>();
const rightInputs: RightInputs = {};

/** What belongs to training shows sessions; everything else must be none the wiser. */
const training = /^(sessions|scenarios|performance|certificates|assignments)\./;
const procedures = manifest();
const reading = procedures.filter(({ path, type }) => type === "query" && !training.test(path));
const readers = ["sofia", "petra", "ben", "nora"];

beforeAll(async () => {
  // Time stands still, so that whatever differs afterwards differs because of the session.
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-05-26T08:00:00.000Z") });
  server = await startServer();
  for (const name of readers) tokens.set(name, await accessTokenOf(server.url, name));
  const [row] = await server.resources.sql<
    { id: string }[]
  >`select id from organizations where slug = 'demo'`;
  organizationId = row!.id;
  for (const path of globSync("*/right-inputs.fixtures.ts", { cwd: new URL("..", import.meta.url).pathname }))
    Object.assign(
      rightInputs,
      ((await import(/* @vite-ignore */ `../${path}`)) as { rightInputs: RightInputs }).rightInputs,
    );
  all = await inputs();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

const send = (name: string, path: string, input: unknown): Promise<Answer> =>
  call(server.url, { path, type: "query", input, accessToken: tokens.get(name)! });

/** Ids of things there are, for right inputs to be made with. */
async function idsOf(): Promise<Record<string, string>> {
  const rows = await server.resources.sql<{ kind: string; id: string }[]>`
    with o as (select id from organizations where slug = 'demo')
    select 'organization' as kind, id from o
    union all (select 'ticket', t.id from tickets t, o where t.organization_id = o.id order by number limit 1)
    union all (select 'comment', c.id from ticket_comments c, o where c.organization_id = o.id order by sequence limit 1)
    union all (select 'department', d.id from departments d, o where d.organization_id = o.id order by name desc limit 1)
    union all (select 'policy', y.id from sla_policies y, o where y.organization_id = o.id order by name limit 1)
    union all (select 'calendar', b.id from business_calendars b, o where b.organization_id = o.id limit 1)
    union all (select 'view', v.id from views v, o where v.organization_id = o.id order by name limit 1)
    union all (select distinct on (r.key) r.key, u.id from users u join roles r on r.id = u.role_id, o
      where u.organization_id = o.id and not u.is_simulated order by r.key, u.email desc)`;
  return Object.fromEntries(rows.map(({ kind, id }) => [kind, id]));
}

/** The inputs of all queries: none, a right one, and searches for a word of the simulated conversation. */
async function inputs(): Promise<{ path: string; input: unknown }[]> {
  const ids = await idsOf();
  const home: Home = {
    ids,
    sql: server.resources.sql,
    async act<T>(path: string, input: unknown) {
      const { type } = procedures.find((procedure) => procedure.path === path)!;
      const accessToken = tokens.get("sofia")!;
      return (await call(server.url, { path, type, input, accessToken })).data as T;
    },
  };
  const right = await Promise.all(
    reading.map(async ({ path }) => ({
      path,
      input: await rightInputs[path]?.(home).catch(() => undefined),
    })),
  );
  return [
    ...right,
    ...["harbour", "authenticator", "Maria Keller", "Simulated"].flatMap((query) =>
      reading
        .filter(({ path }) => path.startsWith("search.") && path !== "search.rebuild")
        .map(({ path }) => ({ path, input: { query } })),
    ),
    ...["helpCenter", "kbArticles"].flatMap((reader) => {
      const organization = reader === "helpCenter" ? { organization: "demo" } : {};
      return [
        { path: `${reader}.getBySlug`, input: { ...organization, slug: "first-import" } },
        ...["import", "authenticator", "Maria Keller"].flatMap((query) => [
          { path: `${reader}.search`, input: { ...organization, query } },
          { path: `${reader}.suggest`, input: { ...organization, text: query } },
        ]),
      ];
    }),
    { path: "helpCenter.tree", input: { organization: "demo" } },
    { path: "mailTemplates.preview", input: { key: "comment_added" } },
    ...["erasures", "exports", "imports"].map((noun) => ({ path: `${noun}.list`, input: {} })),
    { path: "sla.rebuild", input: {} },
    { path: "users.list", input: { search: "simulated", isActive: false } },
    { path: "users.list", input: { isActive: false } },
    { path: "tickets.list", input: { isOpen: true } },
  ];
}

/** Every query by every reader, as one text each. */
async function answers(all: readonly { path: string; input: unknown }[]): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const name of readers)
    for (const [i, { path, input }] of all.entries())
      told[`${i} ${path} by ${name}`] = (await send(name, path, input)).text;
  return told;
}

/** Every row of every table of the organization that training does not write, as one sum a table. */
async function sums(): Promise<Record<string, string>> {
  const { sql } = server.resources;
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'organization_id' order by 1`;
  const all: Record<string, string> = {};
  for (const { name } of tables) {
    if (staged.includes(name)) continue;
    const [row] = await sql.unsafe(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${name}" t where organization_id = $1`,
      [organizationId],
    );
    all[name] = (row as unknown as { sum: string }).sum;
  }
  return all;
}

/** What a session and its ticket are made of. */
const staged = [
  "training_sessions",
  "training_events",
  "performance_metrics",
  "user_achievements",
  "tickets",
  "ticket_comments",
  "ticket_history",
  "ticket_texts",
  "ticket_counters",
  "sla_cycles",
  "known_words",
  // Its own signals for streams; below, that none is of a ticket.
  "events",
  "idempotency_keys",
];

test("with sessions played and running, every list, count and search of the desk answers as it did before, to everybody", async () => {
  const { api } = await server.as("ben");
  const { sql } = server.resources;
  const [before, rows] = [await answers(all), await sums()];
  const told = () =>
    sql`select kind from events where organization_id = ${organizationId} and kind <> 'session_went_on'`;
  const toldBefore = [...(await told())];

  const { id: scenarioId } = await scenarioOf(sql, "lost-authenticator");
  const ended = await api.sessions.start.mutate({ scenarioId });
  for (const step of runOf("lost-authenticator", "careful, for the owner").steps)
    await take(api, ended.id, step);
  const running = await api.sessions.start.mutate({ scenarioId });
  await api.sessions.say.mutate({ sessionId: running.id, text: "Hello! Which department do you work in?" });

  const [{ open, comments }] = (await sql`
    select count(*) filter (where resolved_at is null)::int as open,
      (select count(*)::int from ticket_comments c join tickets s on s.id = c.ticket_id and s.is_simulated) as comments
    from tickets where is_simulated and organization_id = ${organizationId}`) as unknown as [
    { open: number; comments: number },
  ];
  expect([open, comments > 10]).toEqual([1, true]);
  expect(await answers(all)).toEqual(before);
  expect(await sums()).toEqual(rows);
  expect([...(await told())]).toEqual(toldBefore);
});

test("every query of the desk is asked with an input that it answers, or the test above would show little", async () => {
  const answered = new Set<string>();
  for (const { path, input } of all)
    if ((await send("sofia", path, input)).outcome === "ok") answered.add(path);
  expect(reading.map(({ path }) => path).filter((path) => !answered.has(path))).toEqual([]);
});

test("no worker of the desk touches a simulated ticket: it is not told, closed, given out or recounted", async () => {
  const { sql, desks, runtime, jobs, log } = server.resources;
  const { api } = await server.as("petra");
  const { id: scenarioId } = await scenarioOf(sql, "lost-authenticator");
  // One that waits with breached clocks, one that nobody has, one that was resolved long ago.
  const ends = [
    null,
    (sessionId: string) => api.sessions.escalate.mutate({ sessionId, reason: "Too much for me" }),
    (sessionId: string) => api.sessions.resolve.mutate({ sessionId }),
  ];
  for (const end of ends.toReversed()) {
    const { id } = await api.sessions.start.mutate({ scenarioId });
    await end?.(id);
  }
  const rows = () => sql`
    select t.*, (select array_agg(to_jsonb(c) order by c.metric, c.ordinal) from sla_cycles c where c.ticket_id = t.id) as cycles
    from tickets t where t.is_simulated order by t.organization_id, t.number`;
  const before = await rows();
  vi.setSystemTime(plusSeconds(new Date().toISOString(), 90 * 86_400));
  const parts = { sql, desks, runtime, jobs, log };
  // Until there is no more to do: the desk's own tickets come, too.
  while ((await tellDue(parts)) > 0);
  await closeResolved(parts);
  await tendQueues(parts);
  await recount(parts, { organizationId });
  expect(await rows()).toEqual(before);
  expect(before.filter((row) => row["resolved_at"] === null && row["assignee_id"] === null).length).toBe(1);
});

test("nobody can sign in as the simulated customer, mention it, or write to it", async () => {
  const { api } = await server.as("sofia");
  const { sql } = server.resources;
  const [customer] = await sql<{ id: string; email: string }[]>`
    select id, email from users where is_simulated and organization_id = ${organizationId}`;
  const nora = (await server.as("nora")).api;
  const { id: ticketId } = await nora.tickets.open.mutate({ title: "Real", description: "" });
  const body = (userId: string) => `@[Somebody](user:${userId}) look`;
  const note = (userId: string) => codeOf(api.tickets.addNote.mutate({ ticketId, body: body(userId) }));
  expect(await note(customer!.id)).toBe("mention.not_eligible");
  const [ben] = await sql<{ id: string }[]>`select id from users where email = 'ben@lumen.example'`;
  expect(await note(ben!.id)).toBe("ok");
  const account = { organization: "demo", email: customer!.email };
  const stranger = server.client().api.auth;
  expect(await codeOf(stranger.signIn.mutate({ ...account, password: "Demo-pass-2026!" }))).toBe(
    "auth.invalid_credentials",
  );
  await stranger.requestPasswordReset.mutate(account);
  expect(await sql`select from auth_tokens where user_id = ${customer!.id}`).toHaveLength(0);
});
