import { type HelpdeskApi, type RouterInputs, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

type Input = RouterInputs["search"]["tickets"];

let server: TestServer;
const api: Record<string, HelpdeskApi> = {};

beforeAll(async () => {
  server = await startServer();
  for (const name of ["sofia", "nora"]) api[name] = (await server.as(name)).api;
  for (const title of ["Grinder one", "Grinder two"]) {
    await api["nora"]!.tickets.open.mutate({ title, description: "" });
  }
});

afterAll(() => server[Symbol.asyncDispose]());

const search = (name: string, input: Input) => api[name]!.search.tickets.query(input);

const ID = "00000000-0000-8000-8000-00000000000a";

const hostile = [
  "",
  " ",
  '"',
  '"""',
  "'",
  "-",
  "*",
  "()",
  "a & b | !c <-> d",
  "foo:*A & bar:B",
  "\\",
  "%_%",
  "😀🏳️‍🌈",
  "\u202eabc\u202c \u05d0\u05d1\u05d2 \u200f",
  "...!!!???",
  "the of and to a in",
  "-the -of",
  "ŉ ½ ﷺ Ǆ İ",
  "x".repeat(500),
  "\t\n\r",
  "#99999999999999999999",
  "#-1",
  "'; drop table tickets; --",
  "日本語 中文 ไทย हिन्दी",
  "\u0300\u0301",
  "\ufffe\uffff",
];

test.for(hostile)("%j is answered", async (query) => {
  for (const name of ["sofia", "nora"]) {
    const result = await search(name, { query });
    expect(result.items.length).toBeLessThanOrEqual(25);
  }
});

test.for(["a\0b", "x".repeat(10_000), "\ud800", Array.from({ length: 33 }, (_, i) => `w${i}`).join(" ")])(
  "what is no query is refused: input %#",
  async (query) => {
    await expect(search("sofia", { query })).rejects.toSatisfy((error) => isRefusal(error, "input.invalid"));
  },
);

test("tickets whose texts are as long and as odd as may be are opened, and found", async () => {
  const letters = Array.from({ length: 30_000 }, (_, i) => String.fromCodePoint(0x20000 + i)).join(" ");
  const texts = {
    unique: letters,
    one: "x".repeat(65_536),
    fractions: "½".repeat(65_000),
    marks: "ŉ'".repeat(30_000),
  };
  for (const [title, description] of Object.entries(texts)) {
    await api["nora"]!.tickets.open.mutate({ title: `Odd ${title}`, description });
    const { items } = await search("nora", { query: `odd ${title} ` });
    expect(items.map(({ ticket }) => ticket.title)).toEqual([`Odd ${title}`]);
  }
});

test("a cursor that is none of ours is refused", async () => {
  const { nextCursor } = await search("sofia", { query: "grinder", limit: 1 });
  expect(nextCursor).not.toBeNull();
  const madeUp = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString("base64url");
  const at = "2026-01-01T00:00:00.000Z";
  const cursors = [
    "",
    "?",
    madeUp(null),
    madeUp(["relevance", at, "x", 0, null]),
    madeUp(["relevance", at, ID, -1, null]),
  ];
  for (const cursor of cursors) {
    await expect(search("sofia", { query: "grinder", cursor })).rejects.toSatisfy((error) =>
      isRefusal(error, "cursor.invalid"),
    );
  }
  await expect(search("sofia", { query: "x", orderBy: "newest", cursor: nextCursor })).rejects.toSatisfy(
    (error) => isRefusal(error, "cursor.invalid"),
  );
});
