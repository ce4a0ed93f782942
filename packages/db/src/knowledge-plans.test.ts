import { articleSightOf, type UserActor } from "@helpdesk/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Plan, type PlannedDatabase, nodesOf, organizationId, planOn } from "./plans.fixtures.ts";
import {
  countWords,
  findArticleBySlug,
  listArticles,
  searchArticles,
  sightValues,
  suggestArticles,
} from "./repositories/knowledge/index.ts";
import type { Unit } from "./unit.ts";

const ARTICLES = `
  set statement_timeout = '60s';
  insert into kb_articles (organization_id, id, category_id, slug, state, visibility, author_id, title, summary, body,
    published_at, last_number, created_at, updated_at)
  select a.organization_id, gen_random_uuid(), a.category_id, 'made-' || n, 'published',
    (array['public', 'customers', 'agents', 'departments'])[1 + n % 4], a.author_id, 'Article ' || n, '',
    'Common words for all, and rare' || chr(97 + n % 26) || chr(97 + n / 26 % 26) || chr(97 + n / 676) || ' for one. '
      || repeat('Nothing works. ', 40), a.published_at + n * interval '1 minute', 1, a.created_at, a.updated_at
  from (select * from kb_articles where organization_id = $organization and state = 'published' order by slug limit 1) a,
    generate_series(1, 8000) n;
  insert into kb_article_slugs (organization_id, slug, article_id)
  select organization_id, slug, id from kb_articles where slug like 'made-%';
  vacuum analyze kb_articles;
  vacuum analyze kb_article_slugs`;

const agent: UserActor = {
  kind: "user",
  userId: organizationId,
  organizationId,
  roleKey: "agent",
  permissions: new Set(["kb.read_internal"]),
  departmentIds: new Set([organizationId]),
  authSessionId: null,
  via: null,
};
const sight = sightValues(articleSightOf(agent));
const at = "2026-02-01T00:00:00.000Z";

let database: PlannedDatabase;
beforeAll(async () => {
  database = await planOn();
  for (const statement of ARTICLES.replaceAll("$organization", `'${organizationId}'::uuid`).split(";\n"))
    await database.sql.unsafe(statement);
});
afterAll(() => database[Symbol.asyncDispose]());

const plansOf = (run: (via: Unit) => Promise<unknown>) => database.plansOf(run);

const read = (plan: Plan, type: RegExp) =>
  nodesOf(plan)
    .filter((node) => type.test(node["Node Type"]))
    .map((node) => node["Index Name"] ?? node["Relation Name"]);

const scans = (plan: Plan) => read(plan, /^Seq Scan$/).filter((name) => name === "kb_articles");

test("a word is found by the index, whatever it is", async () => {
  const values = { ...sight, wanted: "'rareabc'", any: "'rareabc'", at, offset: 0, limit: 21 };
  for (const plan of await plansOf((via) => searchArticles(via, values))) {
    expect(read(plan, /Index Scan/)).toContain("kb_articles_search_index");
    expect(scans(plan)).toEqual([]);
  }
});

test("words of a text are counted by the index, and articles that have them are found by it", async () => {
  const words = JSON.stringify([{ place: 0, word: "rareabc", isPrefix: false }]);
  for (const plan of await plansOf((via) => countWords(via, { ...sight, words })))
    expect(read(plan, /Index Scan/)).toContain("kb_articles_search_index");
  const weighed = JSON.stringify([{ query: "'rareabc'", weight: 3 }]);
  for (const plan of await plansOf((via) =>
    suggestArticles(via, { ...sight, words: weighed, any: "'rareabc'", limit: 5 }),
  )) {
    expect(read(plan, /Index Scan/)).toContain("kb_articles_search_index");
    expect(scans(plan)).toEqual([]);
  }
});

test("a page of a list is read in the order of the index, and no further than the page goes", async () => {
  for (const [state, index] of [
    ["published", "kb_articles_published_index"],
    ["draft", "kb_articles_updated_index"],
  ] as const) {
    const values = { ...sight, categoryId: null, afterAt: null, afterId: null };
    const list = listArticles({ state, isInCategory: false, hasDraft: null, limit: 51 });
    for (const plan of await plansOf((via) => list(via, values))) {
      expect(read(plan, /Index/)).toContain(index);
      expect(read(plan, /Sort$/)).toEqual([]);
    }
  }
});

test("an address leads to its article by the index", async () => {
  for (const plan of await plansOf((via) =>
    findArticleBySlug(via, { slug: "made-77", since: "2026-01-01", isCounted: true }),
  )) {
    expect(read(plan, /Index/)).toContain("kb_article_slugs_pkey");
    expect(scans(plan)).toEqual([]);
  }
});

test("who only reads an article waits for no count of views or words", async () => {
  const counted = async (isCounted: boolean) => {
    const [plan] = await plansOf((via) =>
      findArticleBySlug(via, { slug: "made-77", since: "2026-01-01", isCounted }),
    );
    return nodesOf(plan!)
      .map((node) => node["Relation Name"] ?? node["Index Name"])
      .filter((name) => name === "kb_article_views" || name === "kb_feedback");
  };
  expect(await counted(false)).toEqual([]);
  expect((await counted(true)).toSorted()).toEqual(["kb_article_views", "kb_feedback"]);
});
