import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, writing } from "./writing.fixtures.ts";

let server: TestServer;
let desk: ReturnType<typeof writing>;

beforeAll(async () => {
  server = await startServer();
  desk = writing(server);
});
afterAll(() => server[Symbol.asyncDispose]());

const search = async (query: string, rest: object = {}) =>
  (await desk.as("nora")).kbArticles.search.query({ query, ...rest });
const titles = async (query: string) => (await search(query)).items.map(({ article }) => article.title);

test("a word in the title is worth more than one in the summary, and that more than one in the body", async () => {
  await desk.published({ title: "Third of them", body: "Here stands quokka, once." });
  await desk.published({ title: "Quokka, the first", body: "Nothing else." });
  await desk.published({ title: "Second of them", summary: "About the quokka.", body: "Nothing else." });
  expect(await titles("quokka")).toEqual(["Quokka, the first", "Second of them", "Third of them"]);
});

test("of two that fit as well the newer comes first", async () => {
  const old = await desk.published({ title: "Wombat guide", body: "The same." });
  await desk.published({ title: "Wombat notes", body: "The same." });
  await server.resources.sql`
    update kb_articles set published_at = published_at - interval '3 years' where id = ${old.id}`;
  expect(await titles("wombat")).toEqual(["Wombat notes", "Wombat guide"]);
});

test("all words are wanted, a phrase as it stands, the last word may go on, and excluded ones keep an article out", async () => {
  await desk.published({ title: "Numbat one", body: "The blue lamp stands on the table." });
  await desk.published({ title: "Numbat two", body: "The lamp is blue." });
  expect((await titles("numbat blue lamp ")).toSorted()).toEqual(["Numbat one", "Numbat two"]);
  expect(await titles('numbat "blue lamp"')).toEqual(["Numbat one"]);
  expect(await titles("numbat tab")).toEqual(["Numbat one"]);
  expect(await titles("numbat -table ")).toEqual(["Numbat two"]);
  expect(await titles("NÚMBAT tablé ")).toEqual(["Numbat one"]);
});

test("no phrase bridges title, summary and body", async () => {
  await desk.published({ title: "Ends with bilby", summary: "begins here", body: "A text." });
  expect((await search('"bilby begins"')).items).toEqual([]);
  expect((await search('"with bilby"')).items).toHaveLength(1);
});

test("what is found is marked, in plain text", async () => {
  const body = `${"Before it. ".repeat(60)}The <b>quoll</b> sleeps. ${"After it. ".repeat(60)}`;
  await desk.published({ title: "Where quolls sleep", summary: "Of the quoll.", body });
  const [item] = (await search("quoll")).items;
  const marked = item!.matches.map(({ in: place, text, ranges }) => [
    place,
    ...ranges.map(([start, end]) => text.slice(start, end)),
  ]);
  expect(marked).toEqual([
    ["title", "quolls"],
    ["summary", "quoll"],
    ["body", "quoll"],
  ]);
  expect(item!.matches[2]!.text.length).toBeLessThan(260);
});

test("a mistyped word is taken for one like it that the reader may read, and that is told", async () => {
  await desk.published({ title: "Echidna in the garden", body: "It digs." });
  await desk.published({ title: "Cassowary", body: "For agents.", visibility: "agents" });
  const found = await search("ehcidna garden");
  expect(found.items.map(({ article }) => article.title)).toEqual(["Echidna in the garden"]);
  expect(found.correctedTo).toBe("echidna garden");
  expect(await search("casowary")).toMatchObject({ items: [], correctedTo: null });
  const asBen = await (await desk.as("ben")).kbArticles.search.query({ query: "casowary" });
  expect(asBen).toMatchObject({ correctedTo: "cassowary", items: [{ article: { title: "Cassowary" } }] });
});

test("where nothing has all words, what has some of them is found, and that is told", async () => {
  await desk.published({ title: "Dingo fences", body: "How high." });
  const found = await search("dingo spaceship ");
  expect(found).toMatchObject({ isPartial: true, items: [{ article: { title: "Dingo fences" } }] });
  expect(await search("spaceship ")).toMatchObject({ isPartial: false, items: [] });
});

test("pages go on where the last one ended, each article once", async () => {
  for (let i = 0; i < 7; i++) await desk.published({ title: `Potoroo ${i}`, body: `Text ${i}.` });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof search>> = await search("potoroo", { limit: 3, cursor });
    seen.push(...page.items.map(({ article }) => article.title));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen.toSorted()).toEqual(Array.from({ length: 7 }, (_, i) => `Potoroo ${i}`));
  const all = (await search("potoroo")).items.map(({ article }) => article.title);
  expect(seen).toEqual(all);
});

test.for(["", " ", "-", '"', "&|!<->():*", "a:* & !b", "'; drop table kb_articles", "\u200f", "😀", "-word"])(
  "%j is no error",
  async (query) => {
    expect(await codeOf(search(query))).toBe("ok");
  },
);

test("a cursor that is not ours is refused", async () => {
  const broken = [
    "x",
    Buffer.from('["articles","0000-01-01T00:00:00.000Z",5,null,false]').toString("base64url"),
  ];
  for (const cursor of broken) expect(await codeOf(search("potoroo", { cursor }))).toBe("cursor.invalid");
});
