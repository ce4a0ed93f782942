import { type HelpdeskApi, type RouterOutputs, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

let server: TestServer;
let nora: HelpdeskApi, ben: HelpdeskApi, yuki: HelpdeskApi, carla: HelpdeskApi, omar: HelpdeskApi;
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [nora, ben, yuki, carla, omar] = await Promise.all([
    api("nora"),
    api("ben"),
    api("yuki"),
    api("carla"),
    api("omar"),
  ]);
  const rows = await server.resources.sql<{ name: string; id: string }[]>`
    select split_part(email, '@', 1) as name, id from users union all select name, id from departments`;
  for (const { name, id } of rows) ids[name] = id;
});

afterAll(() => server[Symbol.asyncDispose]());

type Entry = RouterOutputs["tickets"]["get"]["timeline"][number];

const refusalOf = async (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );

let ticketId: string;
beforeEach(async () => {
  const departmentId = ids["Technical support"];
  const ticket = await nora.tickets.open.mutate({
    title: "Exports stop",
    description: "*Help*",
    departmentId,
  });
  ticketId = ticket.id;
});

const timelineOf = async (api: HelpdeskApi): Promise<Entry[]> =>
  (await api.tickets.get.query({ ticketId })).timeline;

const commentOf = async (api: HelpdeskApi) =>
  (await timelineOf(api)).findLast(({ comment }) => comment !== null)!.comment!;

const kindsToldTo = async (api: HelpdeskApi) =>
  (await api.notifications.list.query({ unreadOnly: true })).items
    .filter(({ ticket }) => ticket?.id === ticketId)
    .map(({ kind }) => kind);

const mentioning = (...names: string[]) => names.map((name) => `@[Whoever](user:${ids[name]})`).join(" ");

describe("what is written", () => {
  test("is read as it was written and as HTML, the quoted history apart", async () => {
    const quoted = "On Monday Nora wrote:\n> Help\n";
    const body = `**Hello** <script>\n\n${quoted}`;
    await ben.tickets.reply.mutate({ ticketId, body });
    const seen = await nora.tickets.get.query({ ticketId });
    expect(seen.descriptionHtml).toBe("<p><em>Help</em></p>");
    expect(seen.timeline.at(-1)!.comment).toMatchObject({
      body: body.trim(),
      html: "<p><strong>Hello</strong> &lt;script&gt;</p>",
      quotedHtml: "<p>On Monday Nora wrote:</p>\n<blockquote>\n<p>Help</p>\n</blockquote>",
      version: 1,
      editedAt: null,
    });
    const { items } = await nora.tickets.timeline.query({ ticketId });
    expect(items).toEqual(seen.timeline);
  });
});

describe("a mention", () => {
  test("tells a colleague, who follows from then on, and shows the name of now", async () => {
    await ben.tickets.addNote.mutate({ ticketId, body: `${mentioning("yuki")} please look` });
    expect(await kindsToldTo(yuki)).toContain("mention");
    expect((await ben.tickets.get.query({ ticketId })).followers).toEqual([
      { id: ids["yuki"], name: "Yuki Tanaka" },
    ]);
    const comment = await commentOf(ben);
    expect(comment.mentions).toEqual([{ id: ids["yuki"], name: "Yuki Tanaka" }]);
    expect(comment.html).toContain(`data-user-id="${ids["yuki"]}">@Yuki Tanaka</span>`);
  });

  test("of somebody who may not see it refuses it all, with their ids; nothing is written", async () => {
    for (const name of ["carla", "nora", "hanna"]) {
      const note = ben.tickets.addNote.mutate({ ticketId, body: mentioning("yuki", name) });
      expect(await refusalOf(note)).toEqual({ code: "mention.not_eligible", userIds: [ids[name]] });
    }
    expect(await timelineOf(ben)).toHaveLength(1);
    expect(await refusalOf(ben.tickets.addNote.mutate({ ticketId, body: mentioning("yuki") }))).toBe("ok");
  });

  test("by a customer is text: it tells nobody and names nobody", async () => {
    await nora.tickets.reply.mutate({ ticketId, body: mentioning("carla", "yuki") });
    expect(await kindsToldTo(carla)).toEqual([]);
    expect(await kindsToldTo(yuki)).not.toContain("mention");
    const comment = await commentOf(nora);
    expect(comment).toMatchObject({ mentions: [], html: "<p>@Whoever @Whoever</p>" });
  });

  test("in a macro's note tells as well; of too many is refused", async () => {
    const macro = await omar.macros.create.mutate({
      name: "Ask Yuki",
      actions: { note: mentioning("yuki") },
    });
    await ben.tickets.applyMacro.mutate({ ticketId, version: 1, macroId: macro.id });
    expect(await kindsToldTo(yuki)).toContain("mention");
    const many = Array.from(
      { length: 21 },
      (_, n) => `@[X](user:01980000-0000-7000-8000-${String(n).padStart(12, "0")})`,
    );
    const note = ben.tickets.addNote.mutate({ ticketId, body: many.join("") });
    expect(await refusalOf(note)).toMatchObject({ code: "input.invalid" });
  });
});

describe("an edit of a comment", () => {
  const edit = (api: HelpdeskApi, commentId: string, version: number, body: string) =>
    api.tickets.editComment.mutate({ ticketId, commentId, version, body });

  test("keeps every text with who wrote it and when, and shows the last", async () => {
    await nora.tickets.reply.mutate({ ticketId, body: "It is boken" });
    const { id } = await commentOf(nora);
    await edit(nora, id, 1, "It is broken");
    await edit(omar, id, 2, "It is [removed]");
    const { items } = await ben.tickets.commentVersions.query({ ticketId, commentId: id });
    expect(items.map(({ version, body, author }) => [version, body, author?.id])).toEqual([
      [3, "It is [removed]", ids["omar"]],
      [2, "It is broken", ids["nora"]],
      [1, "It is boken", ids["nora"]],
    ]);
    const comment = await commentOf(nora);
    expect(comment).toMatchObject({ body: "It is [removed]", version: 3, editedAt: items[0]!.at });
    expect((await timelineOf(nora)).map(({ kind }) => kind)).toEqual([
      "ticket_opened",
      "reply_added",
      "reply_edited",
      "reply_edited",
    ]);
    expect((await timelineOf(nora)).at(-1)).toMatchObject({
      actor: { id: ids["omar"] },
      changes: { comment: { from: { id, label: "Version 2" }, to: { id, label: "Version 3" } } },
    });
    expect(JSON.stringify(await timelineOf(nora))).not.toContain("boken");
  });

  test("of one that was never edited has one text; of many, pages", async () => {
    await ben.tickets.reply.mutate({ ticketId, body: "Version 1" });
    const { id: commentId } = await commentOf(ben);
    const past = (cursor?: string) => ben.tickets.commentVersions.query({ ticketId, commentId, cursor });
    expect(await past()).toMatchObject({ items: [{ version: 1, body: "Version 1" }], nextCursor: null });
    for (let version = 1; version <= 60; version += 1)
      await edit(ben, commentId, version, `Version ${version + 1}`);
    const first = await past();
    const second = await past(first.nextCursor!);
    const all = [...first.items, ...second.items];
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 61 }, (_, n) => `Version ${61 - n}`));
    expect(second.nextCursor).toBeNull();
    for (const cursor of ["1", "999"])
      expect(await refusalOf(past(cursor))).toEqual({ code: "cursor.invalid" });
  });

  test("is one's own, unless one may edit others'; names the version it read; ends with the ticket", async () => {
    await ben.tickets.reply.mutate({ ticketId, body: "Hello" });
    const { id } = await commentOf(ben);
    const denied = { code: "permission.denied", permission: "ticket.edit_comments" };
    for (const api of [nora, yuki]) expect(await refusalOf(edit(api, id, 1, "Bye"))).toEqual(denied);
    expect(await refusalOf(edit(ben, id, 2, "Bye"))).toEqual({ code: "version.conflict", version: 1 });
    expect(await refusalOf(edit(carla, id, 1, "Bye"))).toEqual({ code: "ticket.not_found" });
    const both = await Promise.all(["One", "Two"].map((body) => refusalOf(edit(ben, id, 1, body))));
    expect(both).toEqual(expect.arrayContaining(["ok", { code: "version.conflict", version: 2 }]));
    await ben.tickets.setStatus.mutate({ ticketId, version: 1, status: "closed" });
    expect(await refusalOf(edit(ben, id, 2, "Bye"))).toEqual({ code: "ticket.closed" });
  });

  test("of a note leaves every answer to the customer as it was, and to them there is no such comment", async () => {
    await ben.tickets.addNote.mutate({ ticketId, body: "Betwen us" });
    const { id } = await commentOf(ben);
    const read = async () => [
      await nora.tickets.get.query({ ticketId }),
      await nora.tickets.list.query({ orderBy: "updated_at" }),
      await nora.notifications.list.query({}),
    ];
    const before = await read();
    await edit(ben, id, 1, `Between us, ${mentioning("yuki")}`);
    expect(await read()).toEqual(before);
    expect((await timelineOf(ben)).map(({ kind }) => kind)).toContain("note_edited");
    expect(await refusalOf(edit(nora, id, 2, "Ha"))).toEqual({ code: "comment.not_found" });
    const past = nora.tickets.commentVersions.query({ ticketId, commentId: id });
    expect(await refusalOf(past)).toMatchObject({ code: "permission.denied" });
  });

  test("tells whom it mentions anew, and those who were mentioned before are told no more", async () => {
    await ben.tickets.addNote.mutate({ ticketId, body: mentioning("yuki") });
    const { id } = await commentOf(ben);
    await yuki.notifications.markAllRead.mutate();
    await edit(ben, id, 1, mentioning("yuki", "omar"));
    expect(await kindsToldTo(omar)).toEqual(["mention"]);
    expect(await kindsToldTo(yuki)).toEqual(["ticket_updated"]);
    expect(new Set((await commentOf(ben)).mentions.map((each) => each.id))).toEqual(
      new Set([ids["yuki"], ids["omar"]]),
    );
  });

  test("of another's words mentions nobody, and is no answer", async () => {
    await nora.tickets.reply.mutate({ ticketId, body: mentioning("carla") });
    const { id } = await commentOf(nora);
    const edited = await edit(omar, id, 1, `${mentioning("carla")} (edited)`);
    expect(edited.firstRespondedAt).toBeNull();
    expect((await commentOf(ben)).mentions).toEqual([]);
  });
});
