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

/** What must be named to change it: writers are told. */
const named = ({ id, version }: { id: string; version: number | null }) => ({
  articleId: id,
  version: version!,
});

test("an article is written on for days while its readers read the text that was published", async () => {
  const [sofia, ben, nora] = [await desk.as("sofia"), await desk.as("ben"), await desk.as("nora")];
  const first = await desk.published({ title: "Paper jams", body: "Open the lid." });
  const saved = await ben.kbArticles.saveDraft.mutate({ ...named(first), body: "Open the **back** lid." });
  expect(saved).toMatchObject({
    state: "published",
    body: "Open the lid.",
    writing: { draft: { body: "Open the **back** lid.", editedBy: { name: "Ben Okafor" } } },
  });
  expect(saved.writing!.draft!.html).toBe("<p>Open the <strong>back</strong> lid.</p>");
  const read = await nora.kbArticles.get.query({ articleId: first.id });
  expect(read).toMatchObject({ body: "Open the lid.", hasDraft: false, version: null, writing: null });
  const again = await sofia.kbArticles.publish.mutate({ ...named(saved), reason: "It is the back." });
  expect(again).toMatchObject({ body: "Open the **back** lid.", writing: { draft: null, lastNumber: 2 } });
  expect((await nora.kbArticles.get.query({ articleId: first.id })).html).toContain("<strong>back</strong>");

  const { items } = await ben.kbArticles.versions.query({ articleId: first.id });
  expect(
    items.map(({ number, reason, editedBy, publishedBy }) => [
      number,
      reason,
      editedBy.name,
      publishedBy.name,
    ]),
  ).toEqual([
    [2, "It is the back.", "Ben Okafor", "Sofia Lindqvist"],
    [1, "", "Sofia Lindqvist", "Sofia Lindqvist"],
  ]);
});

test("versions are compared word by word, and each side can be read from the difference", async () => {
  const sofia = await desk.as("sofia");
  const first = await desk.published({ body: "Open the lid.\n\nClose it." });
  const saved = await sofia.kbArticles.saveDraft.mutate({
    ...named(first),
    title: "Another title",
    body: "Open the back lid.\n\nClose it.",
  });
  const articleId = first.id;
  const ways = [
    { from: "published", to: "draft", by: "words" },
    { from: 1, to: "draft", by: "lines" },
  ] as const;
  for (const way of ways) {
    const { title, body } = await sofia.kbArticles.compare.query({ articleId, ...way });
    const side = (pieces: typeof body, without: string) =>
      pieces
        .filter(({ kind }) => kind !== without)
        .map(({ text }) => text)
        .join("");
    expect([side(title, "added"), side(title, "removed")]).toEqual([first.title, "Another title"]);
    expect([side(body, "added"), side(body, "removed")]).toEqual([first.body, saved.writing!.draft!.body]);
    expect(body.some(({ kind }) => kind === "same")).toBe(true);
  }
  const byWords = await sofia.kbArticles.compare.query({ articleId, from: 1, to: "draft" });
  expect(byWords.body.filter(({ kind }) => kind === "added")).toEqual([{ kind: "added", text: "back " }]);
  expect(await codeOf(sofia.kbArticles.compare.query({ articleId, from: 1, to: 2 }))).toBe(
    "article.version_not_found",
  );
});

test("an old version comes back as the draft, and is read when that is published", async () => {
  const sofia = await desk.as("sofia");
  const first = await desk.published({ body: "The first text." });
  const second = await sofia.kbArticles.saveDraft.mutate({ ...named(first), body: "The second text." });
  const read = await sofia.kbArticles.publish.mutate(named(second));
  const restored = await sofia.kbArticles.restore.mutate({ ...named(read), number: 1 });
  expect(restored).toMatchObject({
    body: "The second text.",
    writing: { draft: { body: "The first text." } },
  });
  const third = await sofia.kbArticles.publish.mutate(named(restored));
  expect(third).toMatchObject({ body: "The first text.", writing: { lastNumber: 3 } });
  const rows = await server.resources.sql<{ body: string }[]>`
    select body from kb_article_versions where article_id = ${first.id} order by number`;
  expect(rows.map(({ body }) => body)).toEqual(["The first text.", "The second text.", "The first text."]);
});

test("of two editors who save at once one is told of the other, and no word is lost", async () => {
  const [sofia, ben] = [await desk.as("sofia"), await desk.as("ben")];
  const first = await desk.published();
  const outcomes = await Promise.all(
    [sofia, ben].map((editor, i) =>
      codeOf(editor.kbArticles.saveDraft.mutate({ ...named(first), body: `Text ${i}` })),
    ),
  );
  expect(outcomes.toSorted()).toEqual(["ok", "version.conflict"]);
  const { writing: written } = await sofia.kbArticles.get.query({ articleId: first.id });
  expect(written!.draft!.body).toBe(`Text ${outcomes.indexOf("ok")}`);
});

test("two who publish at once make one version", async () => {
  const [sofia, omar] = [await desk.as("sofia"), await desk.as("omar")];
  const draft = await desk.draft();
  const outcomes = await Promise.all(
    [sofia, omar].map((each) => codeOf(each.kbArticles.publish.mutate(named(draft)))),
  );
  expect(outcomes.toSorted()).toEqual(["ok", "version.conflict"]);
  const { items } = await sofia.kbArticles.versions.query({ articleId: draft.id });
  expect(items.map(({ number }) => number)).toEqual([1]);
});

test("what is not in the state for it is refused, and changes nothing", async () => {
  const { kbArticles } = await desk.as("sofia");
  const draft = await desk.draft();
  expect(await codeOf(kbArticles.unpublish.mutate(named(draft)))).toBe("article.wrong_state");
  expect(await codeOf(kbArticles.discardDraft.mutate(named(draft)))).toBe("article.wrong_state");
  expect(await codeOf(kbArticles.restoreFromArchive.mutate(named(draft)))).toBe("article.wrong_state");
  const published = await kbArticles.publish.mutate(named(draft));
  expect(await codeOf(kbArticles.publish.mutate(named(published)))).toBe("article.no_draft");
  expect(await codeOf(kbArticles.discardDraft.mutate(named(published)))).toBe("article.no_draft");
  const archived = await kbArticles.archive.mutate(named(published));
  for (const act of ["saveDraft", "publish", "unpublish", "archive", "discardDraft"] as const)
    expect([act, await codeOf(kbArticles[act].mutate(named(archived)))]).toEqual([
      act,
      "article.wrong_state",
    ]);
  expect((await kbArticles.get.query({ articleId: draft.id })).version).toBe(archived.version);
});

test("what is taken back or fetched from the archive is a draft with its text, until it is published", async () => {
  const [{ kbArticles }, nora] = [await desk.as("sofia"), await desk.as("nora")];
  const published = await desk.published({ body: "Its text." });
  const articleId = published.id;
  const reads = () => codeOf(nora.kbArticles.get.query({ articleId }));
  expect(await reads()).toBe("ok");
  const back = await kbArticles.unpublish.mutate(named(published));
  expect(back).toMatchObject({
    state: "draft",
    publishedAt: null,
    writing: { draft: { body: "Its text." } },
  });
  expect(await reads()).toBe("article.not_found");
  const again = await kbArticles.publish.mutate(named(back));
  expect(await reads()).toBe("ok");
  const archived = await kbArticles.archive.mutate(named(again));
  expect(await reads()).toBe("article.not_found");
  const fetched = await kbArticles.restoreFromArchive.mutate(named(archived));
  expect(fetched).toMatchObject({ state: "draft", writing: { draft: { body: "Its text." } } });
  expect(await reads()).toBe("article.not_found");
  await kbArticles.publish.mutate(named(fetched));
  expect(await reads()).toBe("ok");
});

test("an old address leads to its article for good, and is nobody else's", async () => {
  const [{ kbArticles }, stranger] = [await desk.as("sofia"), server.client().api];
  const article = await desk.published({ title: "Käse & Brot: 2 Rezepte!" });
  expect(article.slug).toBe("kase-brot-2-rezepte");
  const moved = await kbArticles.move.mutate({ ...named(article), slug: "cheese-and-bread" });
  for (const slug of ["kase-brot-2-rezepte", "cheese-and-bread"]) {
    const found = await stranger.helpCenter.getBySlug.query({ organization: "demo", slug });
    expect([found.id, found.slug]).toEqual([article.id, "cheese-and-bread"]);
  }
  expect(await codeOf(desk.draft({ slug: "kase-brot-2-rezepte" }))).toBe("article.slug_taken");
  expect((await desk.draft({ title: "Käse & Brot: 2 Rezepte!" })).slug).toBe("kase-brot-2-rezepte-2");
  const back = await kbArticles.move.mutate({ ...named(moved), slug: "kase-brot-2-rezepte" });
  expect(back.slug).toBe("kase-brot-2-rezepte");
});

test("hostile Markdown becomes harmless HTML, published and in a draft", async () => {
  const body =
    '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)> ![p](https://elsewhere.example/p.png)\n\n<a href="data:text/html,x">y</a>';
  const { html, writing: written } = await desk.draft({ body });
  for (const each of [html, written!.draft!.html]) {
    expect(each).not.toMatch(/<script|<img|<[^>]*href="(javascript|data):|<[^>]* on\w+=/i);
    expect(each).toContain('<a href="https://elsewhere.example/p.png"');
  }
});

test("articles of one title that are begun at once all have addresses of their own", async () => {
  const names = ["sofia", "omar", "petra", "ben", "marcus", "carla"];
  const categoryId = await desk.shelf();
  const slugs = await Promise.all(
    names.map(async (name) => {
      const { kbArticles } = await desk.as(name);
      const input = { title: "Begun at once", body: "A text.", categoryId };
      return (await kbArticles.create.mutate(input)).slug;
    }),
  );
  const numbers = [2, 3, 4, 5, 6].map((n) => `begun-at-once-${n}`);
  expect(slugs.toSorted()).toEqual(["begun-at-once", ...numbers]);
});

test("who publishes, archives or shows an article to others is in the audit log, and who writes is not", async () => {
  const { kbArticles, audit } = await desk.as("sofia");
  const draft = await desk.draft();
  const saved = await kbArticles.saveDraft.mutate({ ...named(draft), body: "Another." });
  const published = await kbArticles.publish.mutate(named(saved));
  await kbArticles.setVisibility.mutate({ ...named(published), visibility: "agents" });
  const { items } = await audit.list.query({ limit: 100 });
  const lines = items.filter(({ data }) => JSON.stringify(data).includes(draft.id));
  expect(lines.map(({ procedure }) => procedure).toSorted()).toEqual([
    "kbArticles.publish",
    "kbArticles.setVisibility",
  ]);
});
