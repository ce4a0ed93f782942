import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => /^(kbArticles|kbCategories|helpCenter)\./.test(path));

interface Thing {
  id: string;
  slug: string;
  version: number;
}

type Audience = { visibility: string; departmentIds?: string[] };

let table: AccessTable;
let theirs: Thing;
let theirCategory: string;
let shelf: Thing;
const nothing: Thing = { id: randomUUID(), slug: "nothing-there", version: 1 };

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const { sql } = table.server.resources;
  const [row] = await sql<(Thing & { categoryId: string })[]>`
    select a.id, a.slug, a.version, a.category_id as "categoryId" from kb_articles a
    join organizations o on o.id = a.organization_id and o.slug = 'northwind' order by a.slug limit 1`;
  theirs = row!;
  theirCategory = row!.categoryId;
  shelf = await category();
});

afterAll(() => table.server[Symbol.asyncDispose]());

const category = (): Promise<Thing> =>
  table.asSofia<Thing>("kbCategories.create", { name: `c${randomUUID()}` });

const draft = (audience: Audience): Promise<Thing> =>
  table.asSofia<Thing>("kbArticles.create", {
    title: `a${randomUUID()}`,
    body: "A text.",
    categoryId: shelf.id,
    ...audience,
  });

const act = (path: string, { id: articleId, version }: Thing, rest: object = {}) =>
  table.asSofia<Thing>(`kbArticles.${path}`, { articleId, version, ...rest });

const published = async (audience: Audience) => act("publish", await draft(audience));
const support = () => ({ visibility: "departments", departmentIds: [table.idOf("Technical support")] });
const billing = () => ({ visibility: "departments", departmentIds: [table.idOf("Billing and accounts")] });

/** On what is read by everybody, by some, and by nobody; `make` brings an article into the state that the procedure needs. */
const onArticles = (
  inputOf: (article: Thing) => unknown,
  make: (audience: Audience) => Promise<Thing> = published,
): Cases => ({
  public: async () => inputOf(await make({ visibility: "public" })),
  "for customers": async () => inputOf(await make({ visibility: "customers" })),
  "for agents": async () => inputOf(await make({ visibility: "agents" })),
  "for technical support": async () => inputOf(await make(support())),
  "for billing": async () => inputOf(await make(billing())),
  "of another organization": () => inputOf(theirs),
  "that is not there": () => inputOf(nothing),
});

/** Reading: of an article that is no more read, too. */
const onRead = (inputOf: (article: Thing) => unknown): Cases => ({
  ...onArticles(inputOf),
  "a draft": async () => inputOf(await draft({ visibility: "public" })),
  archived: async () => inputOf(await act("archive", await published({ visibility: "public" }))),
});

const onCategories = (inputOf: (of: Thing) => unknown): Cases => ({
  "of the organization": async () => inputOf(await category()),
  "of another organization": () => inputOf({ ...theirs, id: theirCategory }),
  "that is not there": () => inputOf(nothing),
});

const of = ({ id: articleId }: Thing) => ({ articleId });
const versioned = ({ id: articleId, version }: Thing) => ({ articleId, version });
const ofCategory = ({ id: categoryId, version }: Thing) => ({ categoryId, version });
const written = async (audience: Audience) =>
  act("saveDraft", await published(audience), { body: "Another." });
const organization = "demo";
const inDemo = (article: Thing) => ({ organization, ...of(article) });

const cases: Record<string, Cases> = {
  "helpCenter.feedback": onRead((article) => ({ ...inDemo(article), isHelpful: true })),
  "helpCenter.get": onRead(inDemo),
  "helpCenter.getBySlug": onRead(({ slug }) => ({ organization, slug })),
  "helpCenter.list": { "": () => ({ organization }), "of nobody": () => ({ organization: "nobody" }) },
  "helpCenter.recordView": onRead(inDemo),
  "helpCenter.search": { "": () => ({ organization, query: "codes" }) },
  "helpCenter.suggest": { "": () => ({ organization, text: "codes" }) },
  "helpCenter.tree": { "": () => ({ organization }), "of nobody": () => ({ organization: "nobody" }) },
  "kbArticles.archive": onArticles(versioned),
  "kbArticles.compare": onArticles((article) => ({ ...of(article), from: 1, to: "published" })),
  "kbArticles.create": {
    public: () => ({ title: "New", body: "A text.", categoryId: shelf.id }),
    "for technical support": () => ({ title: "New", body: "A text.", categoryId: shelf.id, ...support() }),
    "for billing": () => ({ title: "New", body: "A text.", categoryId: shelf.id, ...billing() }),
    "in a category of another organization": () => ({
      title: "New",
      body: "A text.",
      categoryId: theirCategory,
    }),
    "for a department of another organization": () => ({
      title: "New",
      body: "A text.",
      categoryId: shelf.id,
      visibility: "departments",
      departmentIds: [table.idOf("Workshop")],
    }),
  },
  "kbArticles.discardDraft": onArticles(versioned, written),
  "kbArticles.feedback": onRead((article) => ({ ...of(article), isHelpful: true })),
  "kbArticles.feedbackList": onRead(of),
  "kbArticles.get": onRead(of),
  "kbArticles.getBySlug": onRead(({ slug }) => ({ slug })),
  "kbArticles.list": {
    published: () => ({}),
    drafts: () => ({ state: "draft" }),
    "of a category of another organization": () => ({ categoryId: theirCategory }),
  },
  "kbArticles.move": {
    ...onArticles((article) => ({ ...versioned(article), slug: `s${randomUUID()}` })),
    "to a category of another organization": async () => ({
      ...versioned(await published({ visibility: "public" })),
      categoryId: theirCategory,
    }),
  },
  "kbArticles.publish": onArticles(versioned, draft),
  "kbArticles.recordView": onRead(of),
  "kbArticles.restore": onArticles((article) => ({ ...versioned(article), number: 1 })),
  "kbArticles.restoreFromArchive": onArticles(versioned, async (audience) =>
    act("archive", await published(audience)),
  ),
  "kbArticles.saveDraft": onArticles((article) => ({ ...versioned(article), body: "Another." })),
  "kbArticles.search": { "": () => ({ query: "codes" }) },
  "kbArticles.setVisibility": {
    ...onArticles((article) => ({ ...versioned(article), visibility: "agents" })),
    "public, to be for billing": async () => ({
      ...versioned(await published({ visibility: "public" })),
      ...billing(),
    }),
    "public, to be for a department of another organization": async () => ({
      ...versioned(await published({ visibility: "public" })),
      visibility: "departments",
      departmentIds: [table.idOf("Workshop")],
    }),
  },
  "kbArticles.suggest": {
    "for a text": () => ({ text: "codes" }),
    "for a ticket of Nora's": () => ({ ticketId: table.idOf("ticket of nora@brightbakery.example") }),
    "for a ticket that is not there": () => ({ ticketId: nothing.id }),
  },
  "kbArticles.unpublish": onArticles(versioned),
  "kbArticles.versions": onRead(of),
  "kbCategories.create": {
    "": () => ({ name: `c${randomUUID()}` }),
    "in a category of another organization": () => ({ name: "New", parentId: theirCategory }),
  },
  "kbCategories.delete": onCategories(ofCategory),
  "kbCategories.move": {
    ...onCategories((each) => ({ ...ofCategory(each), parentId: null, position: 0 })),
    "into a category of another organization": async () => ({
      ...ofCategory(await category()),
      parentId: theirCategory,
      position: 0,
    }),
  },
  "kbCategories.tree": { "": () => undefined },
  "kbCategories.update": onCategories((each) => ({ ...ofCategory(each), description: "Changed." })),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path).toSorted());
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
