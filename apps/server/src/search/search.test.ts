import type { HelpdeskApi, RouterInputs, RouterOutputs } from "@helpdesk/client";
import { listUnknownWords, listWrongTicketTexts, read } from "@helpdesk/db";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

type Input = RouterInputs["search"]["tickets"];
type Result = RouterOutputs["search"]["tickets"];

let server: TestServer;
const api: Record<string, HelpdeskApi> = {};
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  for (const name of ["sofia", "ben", "nora", "tom", "ingrid"]) api[name] = (await server.as(name)).api;
  const open = async (key: string, by: string, title: string, description: string) => {
    ids[key] = (await api[by]!.tickets.open.mutate({ title, description })).id;
  };
  await open(
    "coffee",
    "nora",
    "Coffee grinder smells of burnt Grüße",
    "It is the café model ZX-81b. Order ORD-12345.",
  );
  await open("teapot", "tom", "Teapot whistles", "A high whistle, as of a coffee grinder far away.");
  await open("kettle", "nora", "Kettle lid stuck", "The lid of my kettle.");
  await open("other", "ingrid", "Coffee grinder of another organization", "burnt");
  await api["ben"]!.tickets.reply.mutate({
    ticketId: ids["kettle"]!,
    body: "Have you tried **descaling** it?",
  });
  await api["ben"]!.tickets.addNote.mutate({
    ticketId: ids["kettle"]!,
    body: "The customer sounds grumpy; grinder?",
  });
});

afterAll(() => server[Symbol.asyncDispose]());

const search = (name: string, input: Partial<Input> & { query: string }): Promise<Result> =>
  api[name]!.search.tickets.query(input);

const titles = ({ items }: Result) => items.map(({ ticket }) => ticket.title.replace(/ .*/, ""));
const found = async (name: string, query: string) =>
  titles(await search(name, { query: `${query} ` })).toSorted();

describe("a ticket is found by", () => {
  test.for([
    ["words, all of them, in any order", "burnt grinder", ["Coffee"]],
    ["words of different texts of it", "kettle descaling", ["Kettle"]],
    ["words without accents and case", "GRUSSE cafe", ["Coffee"]],
    ["words with accents that it has not", "kéttle", ["Kettle"]],
    ["parts of an identifier", "12345", ["Coffee"]],
    ["an identifier as a whole", "ord-12345", ["Coffee"]],
    ["a phrase", '"coffee grinder"', ["Coffee", "Teapot"]],
    ["a prefix", "whist*", ["Teapot"]],
    ["a word of a comment", "descaling", ["Kettle"]],
  ] as const)("%s", async ([, query, expected]) => {
    expect(await found("sofia", query)).toEqual(expected);
  });

  test.for([
    ["a phrase in another order", '"grinder coffee"'],
    ["a phrase that bridges title and description", '"grusse it"'],
    ["the beginning of a word that is not the last one typed", "whist teapot"],
    ["words of which one is nowhere", "kettle teapot"],
  ] as const)("but not by %s", async ([, query]) => {
    expect((await search("sofia", { query: `${query} ` })).items).toEqual([]);
  });

  test("the word that is still being typed", async () => {
    expect(titles(await search("sofia", { query: "teapot whi" }))).toEqual(["Teapot"]);
    expect(titles(await search("sofia", { query: "teapot whi " }))).toEqual([]);
  });

  test("what it has not", async () => {
    expect(await found("sofia", "grinder -burnt")).toEqual(["Kettle", "Teapot"]);
    expect(await found("sofia", 'grinder -"high whistle"')).toEqual(["Coffee", "Kettle"]);
  });

  test("its number, first of all that have the number in their texts", async () => {
    const { number } = (await search("sofia", { query: "teapot" })).items[0]!.ticket;
    await api["sofia"]!.tickets.reply.mutate({ ticketId: ids["coffee"]!, body: `See ticket ${number}.` });
    for (const query of [`#${number}`, `${number}`]) {
      expect(titles(await search("sofia", { query })).slice(0, 2)).toEqual(["Teapot", "Coffee"]);
      expect(titles(await search("sofia", { query, orderBy: "newest" }))[0]).toBe("Teapot");
      const first = await search("sofia", { query, limit: 1 });
      const second = await search("sofia", { query, limit: 1, cursor: first.nextCursor });
      expect([...titles(first), ...titles(second)]).toEqual(["Teapot", "Coffee"]);
    }
  });

  test("what it is called now, not what it was called", async () => {
    const { id, version } = await api["nora"]!.tickets.open.mutate({
      title: "Samovar",
      description: "leaks",
    });
    await api["sofia"]!.tickets.update.mutate({
      ticketId: id,
      version,
      title: "Dishwasher",
      description: "drips",
    });
    expect(await found("sofia", "dishwasher drips")).toEqual(["Dishwasher"]);
    expect(await found("sofia", "leaks")).toEqual([]);
  });
});

test("a comment is found by what it says now, on the ticket that it is on now", async () => {
  const { id, version } = await api["tom"]!.tickets.open.mutate({ title: "Blender", description: "hums" });
  const comment = crypto.randomUUID();
  await api["sofia"]!.tickets.reply.mutate({ ticketId: id, id: comment, body: "Try another socketx." });
  expect(await found("sofia", "socketx")).toEqual(["Blender"]);
  await api["sofia"]!.tickets.editComment.mutate({
    ticketId: id,
    commentId: comment,
    version: 1,
    body: "Try an outlety.",
  });
  expect(await found("sofia", "socketx")).toEqual([]);
  expect(await found("sofia", "outlety")).toEqual(["Blender"]);
  await api["sofia"]!.tickets.split.mutate({
    ticketId: id,
    version,
    commentIds: [comment],
    title: "Outlets",
  });
  expect(await found("sofia", "outlety")).toEqual(["Outlets"]);
});

test("a merged ticket is found, and says into which it was merged to those who may see that one", async () => {
  const open = (by: string, title: string) => api[by]!.tickets.open.mutate({ title, description: "" });
  const [source, target] = [await open("nora", "Mixer twicez"), await open("tom", "Mixer oncez")];
  await api["sofia"]!.tickets.merge.mutate({
    ticketId: source.id,
    version: source.version,
    intoTicketId: target.id,
  });
  const into = async (name: string) =>
    (await search(name, { query: "twicez " })).items.map((item) => item.mergedInto);
  expect(await into("sofia")).toEqual([{ id: target.id, number: target.number }]);
  expect(await into("nora")).toEqual([null]);
});

describe("filters", () => {
  test.for([
    ["priorities", { priorities: ["urgent"] }, ["Press"]],
    ["who has it", { assignees: ["none"] }, ["Juicer"]],
    ["a status category", { categories: ["open"] }, ["Juicer", "Press"]],
    ["another status category", { categories: ["closed"] }, []],
    ["tags", { tags: ["citrus"] }, ["Press"]],
    ["when it was opened", { createdFrom: "2020-01-01T00:00:00.000Z" }, ["Juicer", "Press"]],
    ["when it was opened, before", { createdBefore: "2020-01-01T00:00:00.000Z" }, []],
    ["several at once", { priorities: ["urgent"], assignees: ["none"] }, []],
  ] as const)("by %s leave out what does not have it", async ([, filters, expected]) => {
    if (!ids["juicer"]) {
      ids["juicer"] = (await api["nora"]!.tickets.open.mutate({ title: "Juicer", description: "lemony" })).id;
      const urgent = { title: "Press", description: "lemony", priority: "urgent" } as const;
      const { id, version } = await api["nora"]!.tickets.open.mutate(urgent);
      await api["sofia"]!.tags.create.mutate({ name: "citrus" });
      await api["sofia"]!.tickets.setTags.mutate({ ticketId: id, version, tags: ["citrus"] });
      await api["ben"]!.tickets.take.mutate({ ticketId: id });
    }
    const asked = { ...filters } as NonNullable<Input["filters"]>;
    const { items } = await search("ben", { query: "lemony ", filters: asked });
    expect(titles({ items, nextCursor: null, correctedTo: null }).toSorted()).toEqual([...expected]);
  });

  test("by ids of another organization find what ids that nothing has find", async () => {
    const [theirs] = await server.resources.sql<{ customer: string; department: string }[]>`
      select customer_id as customer, (select d.id from departments d where d.organization_id = t.organization_id limit 1) as department
      from tickets t where id = ${ids["other"]!}`;
    const random = crypto.randomUUID();
    for (const [theirId, filterBy] of [
      [theirs!.customer, (customerId: string) => ({ customerId })],
      [theirs!.department, (id: string) => ({ departments: [id] })],
    ] as const) {
      const a = await search("sofia", { query: "coffee", filters: filterBy(theirId) });
      expect(a).toEqual(await search("sofia", { query: "coffee", filters: filterBy(random) }));
      expect(a.items).toEqual([]);
    }
  });
});

test("the best comes first: a title before a description before a comment", async () => {
  await api["sofia"]!.tickets.reply.mutate({ ticketId: ids["kettle"]!, body: "Not like the grinder." });
  expect(titles(await search("sofia", { query: "grinder" }))).toEqual(["Coffee", "Teapot", "Kettle"]);
  expect(titles(await search("sofia", { query: "grinder", orderBy: "newest" }))).toEqual([
    "Kettle",
    "Teapot",
    "Coffee",
  ]);
});

test("what is shown of a match is plain text with the places of the words", async () => {
  const hostile = '<script>alert(1)</script> & "lamp" 😀 flickers';
  await api["nora"]!.tickets.open.mutate({ title: "Lamp", description: hostile });
  const [item] = (await search("nora", { query: "lamp flickers " })).items;
  const marked = item!.matches.map(({ in: where, text, ranges }) => [
    where,
    text,
    ranges.map(([start, end]) => text.slice(start, end)),
  ]);
  expect(marked).toEqual([
    ["title", "Lamp", ["Lamp"]],
    ["description", hostile, ["lamp", "flickers"]],
  ]);
});

describe("who may not read a text", () => {
  test("finds nothing by a note, and is shown none; who may read it is", async () => {
    expect(await found("nora", "grumpy")).toEqual([]);
    expect(await found("ben", "grumpy")).toEqual(["Kettle"]);
    const places = async (name: string) =>
      (await search(name, { query: "lid grinder " })).items.flatMap(({ matches }) =>
        matches.map((each) => each.in),
      );
    expect(await places("ben")).toContain("note");
    expect(await places("nora")).not.toContain("note");
    // Excluding the note's words does not tell of them either.
    expect(await found("nora", "kettle -grumpy")).toEqual(["Kettle"]);
    expect(await found("ben", "kettle -grumpy")).toEqual([]);
  });

  test("finds nothing by other people's tickets, their numbers, or corrections to their words", async () => {
    expect(await found("nora", "teapot")).toEqual([]);
    const { number } = (await search("tom", { query: "teapot" })).items[0]!.ticket;
    expect(titles(await search("nora", { query: `#${number}` }))).not.toContain("Teapot");
    expect(titles(await search("tom", { query: `#${number}` }))[0]).toBe("Teapot");
    expect(await search("nora", { query: "tepaot" })).toMatchObject({ items: [], correctedTo: null });
    expect((await search("tom", { query: "tepaot" })).correctedTo).toBe("teapot");
  });

  test("finds nothing of another organization", async () => {
    expect(await found("ingrid", "grinder")).toEqual(["Coffee"]);
    expect((await search("ingrid", { query: "grinder" })).items[0]!.ticket.id).toBe(ids["other"]);
    expect(await found("ingrid", "teapot")).toEqual([]);
  });

  test("finds no simulated and no archived ticket", async () => {
    const { sql } = server.resources;
    expect(await found("sofia", "lid")).toEqual(["Kettle"]);
    await sql`update tickets set is_simulated = true where id = ${ids["kettle"]!}`;
    expect(await found("sofia", "lid")).toEqual([]);
    await sql`update tickets set is_simulated = false, archived_at = updated_at where id = ${ids["kettle"]!}`;
    expect(await found("sofia", "lid")).toEqual([]);
    await sql`update tickets set archived_at = null where id = ${ids["kettle"]!}`;
  });
});

describe("a word that nothing has", () => {
  test.for([
    ["cofee grnder ", "cofee", "coffee grinder "],
    ["teapot wihstles", "swap", "teapot whistles"],
    ['"keettle lid"', "phrase", '"kettle lid"'],
  ] as const)("%s is taken for what was meant, and that is said", async ([query, , meant]) => {
    const { items, correctedTo } = await search("sofia", { query });
    expect(correctedTo).toBe(meant);
    expect(items.length).toBeGreaterThan(0);
    expect(items[0]!.matches[0]!.ranges.length).toBeGreaterThan(0);
  });

  test("is not corrected where something has it", async () => {
    const { correctedTo, items } = await search("sofia", { query: "descaling" });
    expect([correctedTo, items.length]).toEqual([null, 1]);
    expect(await search("sofia", { query: "descaling teapot" })).toMatchObject({
      items: [],
      correctedTo: null,
    });
  });

  test("is corrected on the next pages too", async () => {
    const first = await search("sofia", { query: "grindre", limit: 1 });
    const second = await search("sofia", { query: "grindre", limit: 1, cursor: first.nextCursor });
    expect([first.correctedTo, second.correctedTo]).toEqual(["grinder", "grinder"]);
    expect([...titles(first), ...titles(second)].length).toBe(2);
  });
});

test("every ticket, seeded or opened or edited, is found by what it says now", async () => {
  const organizations = await server.resources.sql<{ id: string }[]>`select id from organizations`;
  for (const { id } of organizations) {
    expect(await listWrongTicketTexts(read(server.resources.sql, id))).toEqual([]);
    expect(await listUnknownWords(read(server.resources.sql, id))).toEqual([]);
  }
  await server.resources.sql`update tickets set title = 'Otherwise' where id = ${ids["teapot"]!}`;
  const wrong = await Promise.all(
    organizations.map(({ id }) => listWrongTicketTexts(read(server.resources.sql, id))),
  );
  expect(wrong.flat()).toEqual([{ ticketId: ids["teapot"]! }]);
});
