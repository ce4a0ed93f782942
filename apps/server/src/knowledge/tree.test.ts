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

const tree = async (name = "sofia") => (await desk.as(name)).kbCategories.tree.query();
const create = async (name: string, rest: object = {}) =>
  (await desk.as("sofia")).kbCategories.create.mutate({ name, ...rest });

/** Every category is reached from a root, and no two siblings stand in the same place. */
async function expectSound(): Promise<void> {
  const rows = await server.resources.sql<{ id: string; parentId: string | null; position: number }[]>`
    select c.id, c.parent_id as "parentId", c.position from kb_categories c
    join organizations o on o.id = c.organization_id and o.slug = 'demo' order by position`;
  expect((await tree()).map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  for (const siblings of Map.groupBy(rows, ({ parentId }) => parentId).values())
    expect(new Set(siblings.map(({ position }) => position)).size).toBe(siblings.length);
}

test("categories stand where they are put, each before what is in it", async () => {
  const { kbCategories } = await desk.as("sofia");
  const a = await create("Ä first shelf");
  const b = await create("Second shelf", { parentId: a.id });
  const c = await create("Third shelf", { parentId: a.id, position: 0 });
  expect(a.slug).toBe("a-first-shelf");
  const names = async () =>
    (await tree())
      .filter(({ name }) => name.endsWith("shelf"))
      .map(({ name, depth }) => `${" ".repeat(depth)}${name}`);
  expect(await names()).toEqual(["Ä first shelf", " Third shelf", " Second shelf"]);
  const moved = { categoryId: b.id, version: b.version, parentId: c.id, position: 5 };
  await kbCategories.move.mutate(moved);
  expect(await names()).toEqual(["Ä first shelf", " Third shelf", "  Second shelf"]);
  expect(await codeOf(kbCategories.move.mutate(moved))).toBe("version.conflict");
  await expectSound();
});

test("a category never stands in itself, and its parent is there", async () => {
  const { kbCategories } = await desk.as("sofia");
  const a = await create("Outer");
  const b = await create("Inner", { parentId: a.id });
  const move = (parentId: string) =>
    codeOf(kbCategories.move.mutate({ categoryId: a.id, version: a.version, parentId, position: 0 }));
  expect(await move(b.id)).toBe("category.cycle");
  expect(await move(a.id)).toBe("category.cycle");
  expect(await move("00000000-0000-4000-8000-000000000000")).toBe("category.not_found");
  await expectSound();
});

test("of two moves at once that would make a circle one is refused, again and again", async () => {
  const { kbCategories } = await desk.as("sofia");
  for (let i = 0; i < 6; i++) {
    const [a, b] = [await create(`Left ${i}`), await create(`Right ${i}`)];
    const under = (one: typeof a, other: typeof a) =>
      codeOf(
        kbCategories.move.mutate({
          categoryId: one.id,
          version: one.version,
          parentId: other.id,
          position: 0,
        }),
      );
    const outcomes = await Promise.all([under(a, b), under(b, a)]);
    expect(outcomes.filter((code) => code === "ok")).toHaveLength(1);
    await expectSound();
  }
});

test("an empty category can be deleted, one with something in it cannot, whatever comes at once", async () => {
  const { kbCategories, kbArticles } = await desk.as("sofia");
  for (let i = 0; i < 4; i++) {
    const { id: categoryId, version } = await create(`Emptied ${i}`);
    const [deleted, written] = await Promise.all([
      codeOf(kbCategories.delete.mutate({ categoryId, version })),
      codeOf(kbArticles.create.mutate({ title: "In it", body: "A text.", categoryId })),
    ]);
    expect([`${deleted} ${written}`]).toEqual([
      deleted === "ok" ? "ok category.not_found" : "category.in_use ok",
    ]);
  }
  const outer = await create("With a shelf in it");
  await create("A shelf", { parentId: outer.id });
  expect(await codeOf(kbCategories.delete.mutate({ categoryId: outer.id, version: outer.version }))).toBe(
    "category.in_use",
  );
});

test("an address is one category's", async () => {
  const { kbCategories } = await desk.as("sofia");
  const a = await create("Addressed");
  expect((await create("Addressed")).slug).toBe("addressed-2");
  expect(await codeOf(create("Another", { slug: a.slug }))).toBe("category.slug_taken");
  const b = await create("Another");
  const input = { categoryId: b.id, version: b.version };
  expect(await codeOf(kbCategories.update.mutate({ ...input, slug: a.slug }))).toBe("category.slug_taken");
  expect(await kbCategories.update.mutate({ ...input, name: "A third" })).toMatchObject({
    name: "A third",
    slug: b.slug,
  });
});

test("readers see the shelves on which there is something for them, and no others", async () => {
  const outer = await create("Has one below");
  const inner = await create("Has one", { parentId: outer.id });
  const secret = await create("Has a secret");
  await desk.published({ categoryId: inner.id });
  await desk.published({ categoryId: secret.id, visibility: "agents" });
  const ids = new Set((await tree("nora")).map(({ id }) => id));
  expect([outer.id, inner.id, secret.id].map((id) => ids.has(id))).toEqual([true, true, false]);
  expect((await tree("ben")).map(({ id }) => id)).toContain(secret.id);
});
