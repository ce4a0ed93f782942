import { type TestServer, accessTokenOf, startServer } from "@helpdesk/testing/server";
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

test("one word a reader: a later one takes the place of the one before, and staff read them", async () => {
  const [sofia, nora] = [await desk.as("sofia"), await desk.as("nora")];
  const stranger = server.client().api;
  const { id: articleId } = await desk.published();
  await nora.kbArticles.feedback.mutate({ articleId, isHelpful: false, comment: "It is out of date." });
  await nora.kbArticles.feedback.mutate({ articleId, isHelpful: true });
  for (const isHelpful of [true, false])
    await stranger.helpCenter.feedback.mutate({ organization: "demo", articleId, isHelpful });
  const { items } = await sofia.kbArticles.feedbackList.query({ articleId });
  const words = items.map(({ reader, isHelpful, comment }) => ({
    by: reader?.name ?? null,
    isHelpful,
    comment,
  }));
  expect(words.toSorted((a, b) => Number(a.isHelpful) - Number(b.isHelpful))).toEqual([
    { by: null, isHelpful: false, comment: null },
    { by: "Nora Fischer", isHelpful: true, comment: null },
  ]);
  const { writing: written } = await sofia.kbArticles.get.query({ articleId });
  expect(written).toMatchObject({ helpfulCount: 1, unhelpfulCount: 1 });
});

test("who reads is counted once a day each", async () => {
  const [sofia, nora, ben] = [await desk.as("sofia"), await desk.as("nora"), await desk.as("ben")];
  const { id: articleId } = await desk.published();
  for (const reader of [nora, nora, ben]) await reader.kbArticles.recordView.mutate({ articleId });
  for (let i = 0; i < 2; i++)
    await server.client().api.helpCenter.recordView.mutate({ organization: "demo", articleId });
  expect((await sofia.kbArticles.get.query({ articleId })).writing!.viewCount).toBe(3);
});

test("a stranger's words are counted by their address, and what is one too many is refused", async () => {
  const stranger = server.client().api;
  const outcomes: string[] = [];
  for (let i = 0; i < 12; i++) {
    const { id: articleId } = await desk.published();
    outcomes.push(
      await codeOf(stranger.helpCenter.feedback.mutate({ organization: "demo", articleId, isHelpful: true })),
    );
  }
  expect(outcomes).toContain("ok");
  expect(outcomes.slice(-2)).toEqual(["auth.throttled", "auth.throttled"]);
});

test("over REST an article is read with its version, and changed by it", async () => {
  const { id } = await desk.published({ body: "By REST." });
  const read = await fetch(`${server.url}/api/v1/help/demo/articles/${id}`);
  expect(await read.json()).toMatchObject({ body: "By REST.", version: null });
  expect(read.headers.get("etag")).toBeNull();
  const authorization = `Bearer ${await accessTokenOf(server.url, "ben")}`;
  const own = await fetch(`${server.url}/api/v1/kb/articles/${id}`, { headers: { authorization } });
  const change = (ifMatch: string) =>
    fetch(`${server.url}/api/v1/kb/articles/${id}/draft`, {
      method: "PATCH",
      headers: { authorization, "content-type": "application/json", "if-match": ifMatch },
      body: JSON.stringify({ body: "Changed by REST." }),
    });
  const etag = own.headers.get("etag")!;
  expect((await change(etag)).status).toBe(200);
  expect((await change(etag)).status).toBe(412);
});

test("a list goes on where the last page ended, of a category with all that stands in it, with or without drafts", async () => {
  const [{ kbArticles, kbCategories }, nora] = [await desk.as("sofia"), await desk.as("nora")];
  const outer = await kbCategories.create.mutate({ name: "Listed" });
  const inner = await kbCategories.create.mutate({ name: "Listed below", parentId: outer.id });
  const made: string[] = [];
  for (let i = 0; i < 5; i++) {
    const article = await desk.published({ categoryId: i % 2 === 0 ? outer.id : inner.id });
    if (i < 2) await kbArticles.saveDraft.mutate({ ...named(article), body: "Another." });
    made.unshift(article.id);
  }
  const pages = async (api: typeof nora, input: object) => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof nora.kbArticles.list.query>> = await api.kbArticles.list.query({
        ...input,
        limit: 2,
        cursor,
      });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return ids;
  };
  const sofia = await desk.as("sofia");
  expect(await pages(nora, { categoryId: outer.id })).toEqual(made);
  expect(await pages(nora, { categoryId: inner.id })).toEqual([made[1], made[3]]);
  expect(await pages(sofia, { categoryId: outer.id, hasDraft: true })).toEqual(made.slice(3));
  expect(await pages(sofia, { categoryId: outer.id, hasDraft: false })).toEqual(made.slice(0, 3));
  expect(await pages(nora, { categoryId: outer.id, hasDraft: true })).toEqual([]);
  expect(await pages(nora, { categoryId: outer.id, hasDraft: false })).toEqual(made);
  const cursor = (await nora.kbArticles.list.query({ limit: 1 })).nextCursor;
  expect(await codeOf(sofia.kbArticles.list.query({ state: "draft", cursor }))).toBe("cursor.invalid");
});
