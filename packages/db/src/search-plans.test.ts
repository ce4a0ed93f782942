import { createTestDatabase, type TestDatabase } from "@helpdesk/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sql, connect } from "./connection.ts";
import { rewriteComment } from "./repositories/comments.ts";
import { conditionValues } from "./repositories/ticket-conditions.ts";
import {
  type SearchShape,
  type SearchValues,
  findWindowEnd,
  readSearchTerms,
  searchTickets,
} from "./repositories/ticket-search.ts";
import { findLikeWords, rebuildKnownWords } from "./repositories/known-words.ts";
import { findReadableWords } from "./repositories/readable-words.ts";
import { rebuildTicketTexts } from "./repositories/ticket-texts.ts";
import { seededId } from "./seed/ids.ts";
import { userId } from "./seed/people.ts";
import { Unit } from "./unit.ts";

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: Plan[];
}

const organizationId = seededId("demo/organization");
const readerId = userId("demo", "ben@lumen.example");
const departmentIds = `{${seededId("demo/department/Technical support")}}`;

let database: TestDatabase;
let sql: Sql;

beforeAll(async () => {
  database = await createTestDatabase({ template: "seeded" });
  sql = connect({ url: database.url, max: 1 });
  await sql`set statement_timeout = 0`;
  // So few rows several processes read whole sooner than one an index.
  await sql`set max_parallel_workers_per_gather = 0`;
  await sql`
    insert into users
    select (jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid(), 'email', n || u.email))).*
    from users u, generate_series(1, 50) n where u.organization_id = ${organizationId} and u.email like 'nora@%'`;
  await sql`
    insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id,
      created_by_id, created_at, updated_at)
    select t.organization_id, gen_random_uuid(), 1000 + n, 'Printer ' || n, 'word' || n % 700 || ' printer' || repeat(' Nothing works.', 60), t.status_id,
      'low', 'web', customers.ids[1 + n % 50], t.customer_id, t.created_at + n * interval '1 minute', t.created_at + n * interval '1 minute'
    from (select * from tickets where organization_id = ${organizationId} order by number limit 1) t,
      (select array_agg(id) as ids from users where organization_id = ${organizationId} and email like '%nora@%') customers,
      generate_series(1, 8000) n`;
  await sql`
    insert into ticket_comments (organization_id, id, ticket_id, sequence, visibility, body, source, created_at)
    select organization_id, gen_random_uuid(), id, s, 'public', 'word' || number % 900 || ' printer again', 'web', created_at
    from tickets, generate_series(100, 101) s where number > 1000`;
  await sql.unsafe(rebuildTicketTexts.text);
  await sql.unsafe(rebuildKnownWords.text);
  await sql`
    insert into known_words (organization_id, word, text_id)
    select ${organizationId}, translate(md5(n::text), '0123456789', 'ghijklmnop'), gen_random_uuid() from generate_series(1, 20000) n`;
  await sql`vacuum analyze`;
});

afterAll(async () => {
  await sql.end({ timeout: 5 });
  await database[Symbol.asyncDispose]();
});

const literal = (value: unknown): string =>
  value === null ? "null" : `'${String(value as string | number | boolean).replaceAll("'", "''")}'`;

let statements = 0;

/** Runs no statement but reads its plans: for these values, and for any. */
class PlanReader extends Unit {
  readonly plans: Plan[] = [];

  override async send(text: string, values: unknown[]): Promise<unknown[]> {
    const name = `planned_${++statements}`;
    await super.send(`prepare ${name} as ${text}`, []);
    for (const mode of ["force_custom_plan", "force_generic_plan"]) {
      await super.send(`set plan_cache_mode = ${mode}`, []);
      const [row] = await super.send(
        `explain (format json) execute ${name}(${values.map(literal).join(", ")})`,
        [],
      );
      this.plans.push((row as Record<"QUERY PLAN", { Plan: Plan }[]>)["QUERY PLAN"][0]!.Plan);
    }
    return [];
  }
}

async function plansOf(run: (via: Unit) => Promise<unknown>): Promise<Plan[]> {
  const reader = new PlanReader(sql as unknown as ConstructorParameters<typeof Unit>[0], organizationId);
  await run(reader);
  expect(reader.plans).toHaveLength(2);
  return reader.plans;
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
const indexesOf = (plan: Plan) => nodesOf(plan).flatMap((node) => node["Index Name"] ?? []);
const LARGE = new Set(["tickets", "ticket_texts", "ticket_comments", "known_words"]);
const fullScans = (plan: Plan) =>
  nodesOf(plan).filter((node) => node["Node Type"] === "Seq Scan" && LARGE.has(node["Relation Name"] ?? ""));

const values: SearchValues = {
  ...conditionValues({}),
  readerId,
  departmentIds,
  notes: true,
  terms: `["'word7'", "'printer'"]`,
  excluded: "[]",
  any: "'word7' | 'printer'",
  driver: "'word7'",
  number: null,
  afterAt: "2026-01-20T00:00:00.000Z",
  afterId: seededId("anything"),
  offset: 0,
  createdFrom: null,
  createdBefore: null,
};

const FROM = "2026-01-06T00:00:00.000Z";
const BEFORE = "2026-01-09T00:00:00.000Z";

const shape = (more: Partial<SearchShape>): SearchShape => ({
  scope: "organization",
  order: "relevance",
  isDriven: true,
  after: false,
  isNumbered: false,
  limit: 26,
  filters: [],
  from: false,
  before: false,
  ...more,
});

test("a scan of everything would be seen", async () => {
  const plans = await plansOf((via) =>
    via.send("select * from tickets where title <> $1 order by title limit 1", ["x"]),
  );
  expect(plans.map((plan) => fullScans(plan).length)).toEqual([1, 1]);
});

test("terms are counted from the indexes of both kinds of texts", async () => {
  const terms = '[{"place":0,"text":"word7","isPrefix":false}]';
  for (const plan of await plansOf((via) => readSearchTerms(via, { terms, isCounted: true }))) {
    expect(fullScans(plan)).toEqual([]);
    expect(indexesOf(plan)).toEqual(
      expect.arrayContaining(["ticket_texts_search_index", "ticket_comments_search_index"]),
    );
  }
});

describe.for(["organization", "departments"] as const)("a search of the scope %s", (scope) => {
  test.for([
    {},
    { order: "newest" as const },
    { after: true },
    { isNumbered: true },
    { filters: ["open" as const, "priorities" as const], from: true, before: true },
  ])("by a word that few texts have reads these from the indexes: %o", async (more) => {
    const run = (via: Unit) =>
      searchTickets(shape({ scope, ...more }))(via, {
        ...values,
        number: 1_007,
        priorities: "{low}",
        createdFrom: FROM,
        createdBefore: BEFORE,
      });
    for (const plan of await plansOf(run)) {
      expect(fullScans(plan)).toEqual([]);
      expect(indexesOf(plan)).toEqual(
        expect.arrayContaining(["ticket_texts_search_index", "ticket_comments_search_index"]),
      );
    }
  });
});

describe.for(["organization", "departments", "own"] as const)("a search of the scope %s", (scope) => {
  test.for(["relevance", "newest"] as const)(
    "by common words reads no table from end to end: %s",
    async (order) => {
      for (const after of [false, true]) {
        const common = shape({ scope, order, after, isDriven: false });
        for (const plan of await plansOf((via) => searchTickets(common)(via, values)))
          expect(fullScans(plan)).toEqual([]);
        for (const plan of await plansOf((via) => findWindowEnd(common)(via, values)))
          expect(fullScans(plan)).toEqual([]);
      }
    },
  );
});

test("newest first, common words are read from the index in its order and no further than the page goes", async () => {
  const newest = shape({ order: "newest", isDriven: false });
  for (const plan of await plansOf((via) => searchTickets(newest)(via, values))) {
    const limited = nodesOf(plan).find((node) => node["Node Type"] === "Limit")!;
    expect(nodesOf(limited).filter((node) => node["Node Type"] === "Sort")).toEqual([]);
    expect(indexesOf(limited)).toContain("tickets_created_index");
  }
});

test("words like a mistyped one come from the index of known words", async () => {
  for (const plan of await plansOf((via) => findLikeWords(via, { words: '["pritner"]' }))) {
    expect(fullScans(plan)).toEqual([]);
    expect(indexesOf(plan)).toContain("known_words_like_index");
  }
});

test.for(["organization", "departments", "own"] as const)(
  "whether a word may be read is seen without reading a table from end to end: %s",
  async (scope) => {
    const asked = { readerId, departmentIds, notes: true, words: '["printer"]' };
    for (const plan of await plansOf((via) => findReadableWords(scope)(via, asked)))
      expect(fullScans(plan)).toEqual([]);
  },
);

test("a text's words become known without reading all that are", async () => {
  const edit = {
    commentId: readerId,
    version: 1,
    body: "The printer again.",
    writtenById: readerId,
    at: FROM,
  };
  for (const plan of await plansOf((via) => rewriteComment(via, edit))) {
    expect(fullScans(plan)).toEqual([]);
    expect(indexesOf(plan)).toContain("known_words_pkey");
  }
});
