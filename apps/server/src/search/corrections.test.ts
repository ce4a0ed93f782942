import type { HelpdeskApi, RouterOutputs } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

let server: TestServer;
const api: Record<string, HelpdeskApi> = {};
const people = ["sofia", "ben", "carla", "nora", "tom", "ingrid"] as const;

beforeAll(async () => {
  server = await startServer();
  for (const name of people) api[name] = (await server.as(name)).api;
  const departments = await api["sofia"]!.departments.list.query();
  const billing = departments.find(({ name }) => name === "Billing and accounts")!.id;
  const { id: ticketId } = await api["nora"]!.tickets.open.mutate({
    title: "Kangaroo court",
    description: "All wallabies hop, WALLÀBIES too.",
    departmentId: billing,
  });
  await api["sofia"]!.tickets.reply.mutate({ ticketId, body: "A platypus lays eggs." });
  await api["sofia"]!.tickets.addNote.mutate({ ticketId, body: "The echidna stays among ourselves." });
  await api["ingrid"]!.tickets.open.mutate({ title: "Elsewhere", description: "A cassowary kicks." });
});
afterAll(() => server[Symbol.asyncDispose]());

const search = (name: string, query: string): Promise<RouterOutputs["search"]["tickets"]> =>
  api[name]!.search.tickets.query({ query });

/** What a person is told was meant: null, and then nothing is found. */
async function meant(name: string, query: string): Promise<string | null> {
  const { items, correctedTo } = await search(name, query);
  expect(items.length > 0).toBe(correctedTo !== null);
  return correctedTo;
}

const meantBy = async (query: string) =>
  Object.fromEntries(
    await Promise.all(people.map(async (name) => [name, await meant(name, query)] as const)),
  );

test.for([
  ["a title", "kangarou", "kangaroo"],
  ["a description", "wallabeis", "wallabies"],
  ["a comment", "platypsu", "platypus"],
  ["several of its texts", "platipus wallabyes", "platypus wallabies"],
] as const)(
  "a mistyped word of %s is corrected for those who may read it, and for nobody else",
  async ([, query, word]) => {
    expect(await meantBy(query)).toEqual({
      sofia: word,
      // Of another department, another customer, and of another organization.
      ben: null,
      carla: word,
      nora: word,
      tom: null,
      ingrid: null,
    });
    const { matches } = (await search("nora", query)).items[0]!;
    expect(matches.flatMap(({ ranges }) => ranges).length).toBeGreaterThan(0);
  },
);

test("a mistyped word of a note is corrected for those who see the note, and never for the customer", async () => {
  const expected = { ben: null, nora: null, tom: null, ingrid: null };
  expect(await meantBy("echidan")).toEqual({ sofia: "echidna", carla: "echidna", ...expected });
});

test("a mistyped word of another organization is corrected there alone", async () => {
  const nobody = Object.fromEntries(people.map((name) => [name, null]));
  expect(await meantBy("casowary")).toEqual({ ...nobody, ingrid: "cassowary" });
});

test("a word that texts have had and have no more is nothing that was meant", async () => {
  const { id: ticketId } = await api["tom"]!.tickets.open.mutate({ title: "Zoo", description: "A dingo." });
  const id = crypto.randomUUID();
  await api["sofia"]!.tickets.reply.mutate({ ticketId, id, body: "A quokka smiles." });
  expect(await meant("tom", "quoka")).toBe("quokka");
  await api["sofia"]!.tickets.editComment.mutate({
    ticketId,
    commentId: id,
    version: 1,
    body: "A bandicoot digs.",
  });
  expect(await meant("tom", "quoka")).toBeNull();
  expect(await meant("tom", "bandicot")).toBe("bandicoot");
});

test("of words as near, the one that more texts have is meant, as far as the reader may read them", async () => {
  for (const [by, word] of [
    ["nora", "wombat"],
    ["tom", "combat"],
    ["tom", "combat"],
    ["nora", "wombat"],
    ["tom", "combat"],
  ] as const)
    await api[by]!.tickets.open.mutate({ title: "Marsupials", description: `One ${word}.` });
  await api["nora"]!.tickets.open.mutate({ title: "Marsupials", description: "One combat." });
  expect([
    await meant("nora", "gombat"),
    await meant("tom", "gombat"),
    await meant("sofia", "gombat"),
  ]).toEqual(["wombat", "combat", "combat"]);
});

test("nobody waits for who writes the same new word", async () => {
  const { id: ticketId } = await api["nora"]!.tickets.open.mutate({ title: "Flute", description: "" });
  const reply = { ticketId, body: "A xylophone, rather." };
  await server.resources.sql.begin(async (sql) => {
    await sql`
      insert into known_words (organization_id, word, text_id)
      select organization_id, 'xylophone', gen_random_uuid() from tickets where id = ${ticketId}`;
    await api["sofia"]!.tickets.reply.mutate(reply);
  });
  expect(await meant("nora", "xylofone")).toBe("xylophone");
  await api["sofia"]!.tickets.reply.mutate(reply);
  const rows = await server.resources.sql`select from known_words where word = 'xylophone'`;
  expect(rows).toHaveLength(2);
});
