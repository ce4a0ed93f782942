import {
  type ArticleState,
  type ArticleVisibility,
  articleStates,
  articleVisibilities,
} from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, writing } from "./writing.fixtures.ts";

/** Petra leads technical support, Ben works there, Carla in billing; Sofia and Omar see the whole organization. */
const readers = ["sofia", "omar", "petra", "ben", "carla", "nora", "a reader's role", "nobody"] as const;
type Reader = (typeof readers)[number];

interface Case {
  state: ArticleState;
  visibility: ArticleVisibility;
  department: "Technical support" | "Billing and accounts" | null;
  isWrittenOn: boolean;
  /** A word that no other article has. */
  word: string;
  id: string;
  slug: string;
  categoryId: string;
}

const staff = ["sofia", "omar", "petra", "ben", "carla", "a reader's role"];

/** Who may see it, by the rules as they are told to people: written anew here, not asked of the product. */
function mayRead(reader: Reader, { state, visibility, department }: Case): boolean {
  if (state !== "published" && (!staff.includes(reader) || reader === "a reader's role")) return false;
  if (visibility === "public") return true;
  if (visibility === "customers") return reader !== "nobody";
  if (!staff.includes(reader)) return false;
  if (visibility === "agents" || reader === "sofia" || reader === "omar") return true;
  return department === "Technical support"
    ? reader === "petra" || reader === "ben" || reader === "a reader's role"
    : reader === "carla";
}

let server: TestServer;
const cases: Case[] = [];

beforeAll(async () => {
  server = await startServer();
  const { as, draft } = writing(server);
  const sofia = await as("sofia");
  // Yuki works in technical support, and reads what is internal without writing.
  const role = {
    key: "reader",
    name: "Reader",
    permissions: ["kb.read_internal", "ticket.read_own"] as const,
  };
  await sofia.roles.create.mutate({ ...role, permissions: [...role.permissions] });
  const { items } = await sofia.users.list.query({ search: "yuki@" });
  const { id: userId, version } = items[0]!;
  await sofia.users.setRole.mutate({ userId, version, roleKey: "reader" });
  const departments = await sofia.departments.list.query();
  const departmentOf = (name: string) => departments.find((each) => each.name === name)!.id;

  const audiences: Pick<Case, "visibility" | "department">[] = [
    ...articleVisibilities.map((visibility) => ({
      visibility,
      department: visibility === "departments" ? ("Technical support" as const) : null,
    })),
    { visibility: "departments", department: "Billing and accounts" },
  ];
  for (const state of articleStates) {
    for (const { visibility, department } of audiences) {
      for (const isWrittenOn of state === "draft" ? [true] : [false, true]) {
        const word = `word${"abcdefghijklmnopqrstuvwxyz"[cases.length]}zz`;
        const departmentIds = department ? [departmentOf(department)] : [];
        const { id: categoryId } = await sofia.kbCategories.create.mutate({ name: `Shelf ${word}` });
        const text = { title: `About ${word}`, body: `All of ${word}.` };
        let article = await draft({ ...text, categoryId, visibility, departmentIds });
        const named = () => ({ articleId: article.id, version: article.version! });
        if (state !== "draft") article = await sofia.kbArticles.publish.mutate(named());
        if (isWrittenOn && state !== "draft")
          article = await sofia.kbArticles.saveDraft.mutate({ ...named(), body: `Secret${word}` });
        if (state === "archived") article = await sofia.kbArticles.archive.mutate(named());
        const { id, slug } = article;
        cases.push({ state, visibility, department, isWrittenOn, word, id, slug, categoryId });
      }
    }
  }
});
afterAll(() => server[Symbol.asyncDispose]());

/** What each way of reading tells the reader of the article: by its id, its words, and everything else there is. */
async function toldOf(reader: Reader, { id: articleId, slug, state, word, categoryId }: Case) {
  const organization = "demo";
  const name = reader === "a reader's role" ? "yuki" : reader;
  const client = name === "nobody" ? server.client() : await server.as(name);
  const { kbArticles, kbCategories, helpCenter } = client.api;
  const isStranger = reader === "nobody";
  const isIn = (list: { id: string }[]) => list.some(({ id }) => id === articleId);
  const [get, getBySlug, list, search, suggest, tree] = await Promise.all([
    codeOf(
      isStranger ? helpCenter.get.query({ organization, articleId }) : kbArticles.get.query({ articleId }),
    ),
    codeOf(
      isStranger ? helpCenter.getBySlug.query({ organization, slug }) : kbArticles.getBySlug.query({ slug }),
    ),
    isStranger
      ? helpCenter.list.query({ organization, limit: 100 })
      : kbArticles.list.query({ state, limit: 100 }),
    isStranger
      ? helpCenter.search.query({ organization, query: word })
      : kbArticles.search.query({ query: word }),
    isStranger
      ? helpCenter.suggest.query({ organization, text: word })
      : kbArticles.suggest.query({ text: word }),
    isStranger ? helpCenter.tree.query({ organization }) : kbCategories.tree.query(),
  ]);
  return {
    get,
    getBySlug,
    list: isIn(list.items),
    search: isIn(search.items.map(({ article }) => article)),
    suggest: isIn(suggest.map(({ article }) => article)),
    count: tree.find(({ id }) => id === categoryId)?.articleCount ?? null,
  };
}

test("there is an article for each state, audience and department, with and without a draft beside it", () => {
  expect(cases).toHaveLength(5 + 10 + 10);
});

test.for(readers)(
  "%s finds by every way what they may read, and by none what they may not",
  async (reader) => {
    const writes = staff.includes(reader) && reader !== "a reader's role";
    const allowed: boolean[] = [];
    for (const each of cases) {
      const isSeen = mayRead(reader, each);
      const isPublished = each.state === "published";
      const code = isSeen ? "ok" : "article.not_found";
      const read = isSeen && isPublished;
      const count = read ? 1 : writes ? 0 : null;
      const { state, visibility, department } = each;
      allowed.push(isSeen);
      const told = { get: code, getBySlug: code, list: isSeen, search: read, suggest: read, count };
      const of = { state, visibility, department };
      expect({ ...of, ...(await toldOf(reader, each)) }).toEqual({ ...of, ...told });
    }
    expect(new Set(allowed)).toEqual(
      new Set(reader === "sofia" || reader === "omar" ? [true] : [true, false]),
    );
  },
);

test.for(["nora", "a reader's role", "nobody"] as const)(
  "%s is told nothing of a draft beside what is read",
  async (reader) => {
    for (const { id: articleId, word, ...of } of cases) {
      if (!of.isWrittenOn || !mayRead(reader, { id: articleId, word, ...of })) continue;
      const client =
        reader === "nobody" ? server.client() : await server.as(reader === "nora" ? "nora" : "yuki");
      const { kbArticles, helpCenter } = client.api;
      const organization = "demo";
      const article =
        reader === "nobody"
          ? await helpCenter.get.query({ organization, articleId })
          : await kbArticles.get.query({ articleId });
      expect(JSON.stringify(article)).not.toContain("Secret");
      expect(article).toMatchObject({
        hasDraft: false,
        version: null,
        writing: null,
        updatedAt: article.publishedAt,
      });
      const query = `Secret${word}`;
      const { items } =
        reader === "nobody"
          ? await helpCenter.search.query({ organization, query })
          : await kbArticles.search.query({ query });
      expect(items).toEqual([]);
    }
  },
);

test("who may not see an article cannot change, compare or judge it either", async () => {
  const carla = (await server.as("carla")).api.kbArticles;
  const ben = (await server.as("ben")).api.kbArticles;
  const { id: articleId } = cases.find(
    ({ state, department }) => state === "published" && department === "Technical support",
  )!;
  for (const [writer, code] of [
    [carla, "article.not_found"],
    [ben, "ok"],
  ] as const) {
    const version = (await (await server.as("sofia")).api.kbArticles.get.query({ articleId })).version!;
    expect([
      await codeOf(writer.saveDraft.mutate({ articleId, version, body: "Another." })),
      await codeOf(writer.versions.query({ articleId })),
      await codeOf(writer.compare.query({ articleId, from: 1, to: "draft" })),
      await codeOf(writer.feedbackList.query({ articleId })),
      await codeOf(writer.feedback.mutate({ articleId, isHelpful: true })),
      await codeOf(writer.recordView.mutate({ articleId })),
    ]).toEqual(Array(6).fill(code));
  }
});

test("nobody puts an article where they do not see it any more", async () => {
  const { draft, as } = writing(server);
  const departments = await (await as("sofia")).departments.list.query();
  const departmentIds = [departments.find(({ name }) => name === "Billing and accounts")!.id];
  const { id: articleId, version } = await draft();
  const [petra, marcus] = [await as("petra"), await as("marcus")];
  const input = { articleId, version: version!, visibility: "departments" as const, departmentIds };
  expect(await codeOf(petra.kbArticles.setVisibility.mutate(input))).toBe("permission.denied");
  expect(await codeOf(marcus.kbArticles.setVisibility.mutate(input))).toBe("ok");
  expect(await codeOf(petra.kbArticles.get.query({ articleId }))).toBe("article.not_found");
});
