import { afterAll, beforeAll, expect, test } from "vitest";
import { type PlannedDatabase, nodesOf, organizationId, planOn } from "./plans.fixtures.ts";
import { listEndedSessions } from "./repositories/grading-check.ts";
import { type ListSessions, listSessions } from "./repositories/session-list.ts";
import {
  beforeFirst,
  findEarlierSessions,
  findSession,
  holdSession,
  listIdleSessions,
  listSessionEvents,
} from "./repositories/sessions.ts";
import { userId } from "./seed/people.ts";
import type { Unit } from "./unit.ts";

const ben = userId("demo", "ben@lumen.example");
const LARGE = new Set(["training_sessions", "training_events", "performance_metrics", "tickets"]);

let database: PlannedDatabase;
let sessionId: string;

beforeAll(async () => {
  database = await planOn();
  const { sql } = database;
  const fill = (text: string) => sql.unsafe(text.replaceAll("$organization", `'${organizationId}'`));
  await sql`set max_parallel_workers_per_gather = 0`;
  await fill(`
    create temporary table played as
    select gen_random_uuid() as id, t.id as ticket_id, u.id as user_id, row_number() over (order by t.number)::int as n
    from (select * from tickets where organization_id = $organization order by number limit 5000) t
    join (select id, row_number() over (order by id) - 1 as place, count(*) over () as count from users
      where organization_id = $organization and not is_simulated) u on u.place = t.number % u.count`);
  await fill(`
    insert into training_sessions (organization_id, id, scenario_id, scenario_key, user_id, ticket_id, attempt,
      definition_hash, seed, cast_id, cast_role, last_event_sequence, last_event_at, log_hash, ending, started_at, ended_at)
    select $organization, p.id, c.id, c.key, p.user_id, p.ticket_id, 100 + n, c.definition_hash, 'seed', 'maria', 'owner', 20,
      '2026-02-01'::timestamptz + n * interval '1 hour', repeat('0', 64), 'resolved',
      '2026-02-01'::timestamptz + n * interval '1 hour', '2026-02-01'::timestamptz + n * interval '1 hour'
    from played p, (select * from scenarios where organization_id = $organization and key = 'lost-authenticator') c`);
  await fill(`
    insert into training_events (organization_id, training_session_id, sequence, kind, at, hash)
    select $organization, id, s, 'session_started', '2026-02-01', repeat('0', 64) from played, generate_series(1, 10) s`);
  await fill(`
    insert into performance_metrics (organization_id, training_session_id, revision, cause, last_event_sequence, weights,
      raw_hundredths, overall_hundredths, is_passed, xp, details, graded_at)
    select $organization, id, 1, 'ended', 20,
      '{"verification": 30, "communication": 20, "technical": 25, "documentation": 15, "responseTime": 10}', 0, 0, false, 0,
      '{}', '2026-02-01' from played`);
  const [row] = await sql<{ id: string }[]>`select id from played where n = 2500`;
  sessionId = row!.id;
  await sql.unsafe("vacuum analyze training_sessions, training_events, performance_metrics");
});

afterAll(() => database[Symbol.asyncDispose]());

const seqScans = async (run: (via: Unit) => Promise<unknown>) =>
  (await database.plansOf(run)).flatMap((plan) =>
    nodesOf(plan).flatMap((node) =>
      node["Node Type"] === "Seq Scan" && LARGE.has(node["Relation Name"] ?? "")
        ? [node["Relation Name"]]
        : [],
    ),
  );
const indexes = async (run: (via: Unit) => Promise<unknown>) =>
  (await database.plansOf(run)).map((plan) => nodesOf(plan).flatMap((node) => node["Index Name"] ?? []));

test("a scan of everything would be seen", async () => {
  expect(await seqScans((via) => via.send("select * from training_events where data <> $1", ["{}"]))).toEqual(
    ["training_events", "training_events"],
  );
});

test.for([
  ["locks its session", (via: Unit) => holdSession(via, { sessionId })],
  ["reads its session", (via: Unit) => findSession(via, { sessionId })],
  ["reads its log", (via: Unit) => listSessionEvents(via, { sessionId })],
  [
    "that starts one looks at earlier ones",
    (via: Unit) => findEarlierSessions(via, { userId: ben, key: "lost-authenticator" }),
  ],
] as const)("a move %s without reading others", async ([, run]) => {
  expect(await seqScans(run)).toEqual([]);
});

const all: ListSessions = {
  readerId: ben,
  ledIds: `{${ben}}`,
  userId: null,
  key: null,
  difficulty: null,
  isActive: null,
  isVirtual: null,
  afterValue: "2026-04-01T00:00:00.000Z",
  afterId: "ffffffff-ffff-ffff-ffff-ffffffffffff",
  limit: 26,
};

test.for([
  ["own", "training_sessions_user_index"],
  ["organization", "training_sessions_started_index"],
] as const)(
  "a page of sessions of the scope %s is read in the order of %s and no further",
  async ([scope, index]) => {
    const run = (via: Unit) => listSessions(scope)(via, all);
    expect(await seqScans(run)).toEqual([]);
    for (const used of await indexes(run)) expect(used).toContain(index);
  },
);

test("a page of a department's sessions reads no table from end to end", async () => {
  expect(await seqScans((via) => listSessions("departments")(via, all))).toEqual([]);
});

test("sweeps over all organizations page by the key", async () => {
  const idle = { ...beforeFirst, idleSince: "2026-04-01T00:00:00.000Z", limit: 100 };
  expect(await seqScans((via) => listIdleSessions(via, idle))).toEqual([]);
  for (const used of await indexes((via) => listEndedSessions(via, { ...beforeFirst, limit: 50 })))
    expect(used).toContain("training_sessions_pkey");
});
