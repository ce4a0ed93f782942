import { type HelpdeskApi, type RouterOutputs } from "@helpdesk/client";
import { COMMON_TEXTS, WINDOW_TICKETS, rebuildTicketTexts, transact } from "@helpdesk/db";
import { type Actor, canSee, seesNotes } from "@helpdesk/domain";
import { type TestServer, accessTokenOf, inParallel, startServer } from "@helpdesk/testing/server";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

/** Who sees all, two departments' people, and two customers. */
const people = ["sofia", "ben", "carla", "nora", "tom"] as const;
const words = ["printer", "Drucker", "café", "GRÜSSE", "paper", "jam", "prints", "pa", "42", "offen"];

interface Text {
  isNote: boolean;
  /** What of a ticket stands apart: a phrase does not go from one to the next. */
  parts: string[];
}

interface Known {
  id: string;
  createdAt: string;
  customerId: string;
  assigneeId: string | null;
  departmentId: string | null;
  ccIds: string[];
  texts: Text[];
}

let server: TestServer;
let known: Known[];
const api: Record<string, HelpdeskApi> = {};
const actors: Record<string, Actor> = {};

/** Words drawn so that the tenth round of a day is as random as the first, and each run the same. */
const said = (seed: number, max: number): string[] =>
  fc.sample(
    fc
      .array(fc.oneof(fc.constantFrom(...words), fc.constantFrom(",", "-", "…")), {
        minLength: 1,
        maxLength: max,
      })
      .map((w) => w.join(" ")),
    { numRuns: 1, seed },
  );

beforeAll(async () => {
  server = await startServer();
  for (const name of people) {
    api[name] = (await server.as(name)).api;
    const token = await accessTokenOf(server.url, name);
    actors[name] = (await server.resources.principals.actorOf(token))!;
  }
  const departments = await api["sofia"]!.departments.list.query();
  const places = [null, ...departments.map(({ id }) => id)];
  await inParallel(
    4,
    Array.from({ length: 90 }, (_, i) => i),
    async (i) => {
      const by = i % 3 === 0 ? "nora" : i % 3 === 1 ? "tom" : "ben";
      const { id } = await api[by]!.tickets.open.mutate({
        title: `${words[i % words.length]} ${said(i, 2)[0]}`,
        description: said(i + 1_000, 6)[0]!,
        departmentId: places[i % places.length]!,
      });
      if (i % 4 === 0)
        await api["sofia"]!.tickets.reply.mutate({ ticketId: id, body: said(i + 2_000, 4)[0]! });
      if (i % 5 === 0)
        await api["sofia"]!.tickets.addNote.mutate({ ticketId: id, body: said(i + 3_000, 4)[0]! });
      if (i % 7 === 0)
        await api["sofia"]!.tickets.addNote.mutate({ ticketId: id, body: said(i + 4_000, 4)[0]! });
      const cc = i % 6 === 1 ? "nora" : i % 6 === 3 ? "tom" : null;
      if (cc) {
        const [user] = await server.resources.sql<
          { id: string }[]
        >`select id from users where email like ${`${cc}@%`}`;
        await api["sofia"]!.tickets.setCc.mutate({ ticketId: id, add: [user!.id] });
      }
    },
  );
  await server.resources.sql`update tickets set is_simulated = true where number % 17 = 0`;
  await server.resources.sql`update tickets set archived_at = updated_at where number % 19 = 0`;
  known = await readAll();
});

afterAll(() => server[Symbol.asyncDispose]());

/** Every row there is, without any index or scope. */
async function readAll(): Promise<Known[]> {
  const rows = await server.resources.sql<
    (Omit<Known, "texts"> & {
      title: string;
      description: string;
      comments: { isNote: boolean; body: string }[];
    })[]
  >`
    select t.id, t.created_at as "createdAt", t.customer_id as "customerId", t.assignee_id as "assigneeId",
      t.department_id as "departmentId", t.title, t.description,
      array(select cc.user_id::text from ticket_cc cc where cc.ticket_id = t.id) as "ccIds",
      coalesce((select jsonb_agg(jsonb_build_object('isNote', c.visibility = 'internal', 'body', c.body))
        from ticket_comments c where c.ticket_id = t.id), '[]') as comments
    from tickets t join organizations o on o.id = t.organization_id
    where o.slug = 'demo' and not t.is_simulated and t.archived_at is null`;
  return rows.map(({ title, description, comments, ...row }) => ({
    ...row,
    texts: [
      { isNote: false, parts: [title, description] },
      ...comments.map(({ isNote, body }) => ({ isNote, parts: [body] })),
    ],
  }));
}

interface Term {
  words: string[];
  isPrefix: boolean;
  isExcluded: boolean;
}

const plain = (text: string): string[] =>
  text
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const stands = (text: string, { words, isPrefix }: Term): boolean => {
  const all = plain(text);
  return all.some((_, i) =>
    words.every((word, j) => {
      const there = all[i + j];
      return isPrefix && j === words.length - 1 ? there?.startsWith(word) : there === word;
    }),
  );
};

/** The tickets that a person should find: read one by one. */
function expected(name: string, terms: Term[]): string[] {
  const actor = actors[name]!;
  return known
    .filter((ticket) => canSee(actor, ticket))
    .filter((ticket) => {
      const texts = ticket.texts
        .filter(({ isNote }) => !isNote || seesNotes(actor, ticket))
        .flatMap(({ parts }) => parts);
      return terms.every((term) => texts.some((text) => stands(text, term)) !== term.isExcluded);
    })
    .map(({ id }) => id)
    .toSorted();
}

const written = (terms: Term[]): string =>
  terms
    .map(
      ({ words, isPrefix, isExcluded }) =>
        `${isExcluded ? "-" : ""}"${words.join(" ")}"${isPrefix ? "*" : ""}`,
    )
    .join(" ");

type Found = RouterOutputs["search"]["tickets"]["items"][number];

async function walk(
  name: string,
  query: string,
  orderBy: "relevance" | "newest",
  limit: number,
): Promise<Found[]> {
  const items: Found[] = [];
  let cursor: string | null = null;
  do {
    const page: RouterOutputs["search"]["tickets"] = await api[name]!.search.tickets.query({
      query,
      orderBy,
      limit,
      cursor,
    });
    if (page.correctedTo !== null) return [];
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

const vocabulary = fc.constantFrom(
  "printer",
  "drucker",
  "cafe",
  "grusse",
  "paper",
  "jam",
  "prints",
  "pa",
  "42",
  "offen",
  "pri",
);
const term = fc.record({
  words: fc.array(vocabulary, { minLength: 1, maxLength: 2 }),
  isPrefix: fc.boolean(),
  isExcluded: fc.boolean(),
});
const wanted = fc
  .array(term, { minLength: 1, maxLength: 3 })
  .filter((terms) => terms.some(({ isExcluded }) => !isExcluded));

test.for(people)(
  "%s finds exactly the tickets that a reader of all rows would, on whatever pages, and is shown no other text",
  async (name) => {
    let hits = 0;
    let misses = 0;
    await fc.assert(
      fc.asyncProperty(
        wanted,
        fc.constantFrom("relevance", "newest"),
        fc.integer({ min: 2, max: 50 }),
        async (terms, order, limit) => {
          const items = await walk(name, written(terms), order, limit);
          const ids = items.map(({ ticket }) => ticket.id);
          const right = expected(name, terms);
          hits += right.length;
          misses += known.length - right.length;
          expect(ids.toSorted()).toEqual(right);
          const places = items.map(({ ticket }) => `${ticket.createdAt} ${ticket.id}`);
          const inOrder = order === "newest" ? places.toSorted().toReversed() : places;
          expect(places).toEqual(inOrder);
          for (const { ticket, matches } of items) {
            const { texts, ...row } = known.find(({ id }) => id === ticket.id)!;
            const notes = matches.filter((match) => match.in === "note");
            expect(notes.length === 0 || seesNotes(actors[name]!, row)).toBe(true);
            for (const { text } of matches) {
              const part = text.replace(/^…/, "").replace(/…$/, "");
              expect(texts.some(({ parts }) => parts.some((whole) => whole.includes(part)))).toBe(true);
            }
          }
        },
      ),
      { numRuns: 60, seed: 7 },
    );
    expect(hits).toBeGreaterThan(50);
    expect(misses).toBeGreaterThan(1_000);
  },
);

test("words that very many texts have find every ticket all the same, window by window", async () => {
  const { sql } = server.resources;
  const { organizationId } = actors["sofia"]!;
  const count = COMMON_TEXTS + WINDOW_TICKETS + 7;
  await sql`
    insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id,
      created_by_id, created_at, updated_at)
    select t.organization_id, gen_random_uuid(), 10000 + n, case when n % 500 = 0 then 'Scanner mobbed' else 'Scanner' end,
      'jammed', t.status_id, 'low', 'web', t.customer_id, t.customer_id, at, at
    from (select * from tickets where organization_id = ${organizationId} and not is_simulated order by number limit 1) t,
      generate_series(1, ${count}::int) n, lateral (select t.created_at - n / 3 * interval '1 minute' as at) moment`;
  await transact(sql, organizationId, (unit) => rebuildTicketTexts(unit));
  known = await readAll();
  const common = { isPrefix: false, isExcluded: false };
  const queries: Term[][] = [
    [{ words: ["scanner"], ...common }],
    [
      { words: ["jammed"], ...common },
      { words: ["scanner"], ...common },
    ],
    [
      { words: ["jammed"], ...common },
      { words: ["mobbed"], isPrefix: false, isExcluded: true },
    ],
    [
      { words: ["scanner"], ...common },
      { words: ["mobbed"], ...common },
    ],
  ];
  for (const [i, order] of (["newest", "relevance", "newest", "relevance"] as const).entries()) {
    const ids = (await walk("sofia", written(queries[i]!), order, 50)).map(({ ticket }) => ticket.id);
    expect(ids.toSorted()).toEqual(expected("sofia", queries[i]!));
  }
  expect(expected("sofia", queries[0]!)).toHaveLength(count);
  expect(expected("sofia", queries[3]!).length).toBe(Math.floor(count / 500));
});
