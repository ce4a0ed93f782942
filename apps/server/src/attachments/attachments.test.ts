import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { plusSeconds } from "@helpdesk/domain";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { removeFiles } from "./sweep.ts";
import { PNG, Sender } from "./upload.fixtures.ts";

let server: TestServer;
let nora: Sender;
let ben: Sender;

beforeAll(async () => {
  server = await startServer();
  nora = await Sender.named(server, "nora");
  ben = await Sender.named(server, "ben");
});

afterAll(() => server[Symbol.asyncDispose]());

const stored = (): string[] => {
  const folder = join(server.resources.env.STORAGE_DIR, "attachments");
  return existsSync(folder) ? readdirSync(folder) : [];
};

const opened = async (who = "nora") => {
  const { api } = await server.as(who);
  return api.tickets.open.mutate({ title: "With files", description: "See there." });
};

test("a file that came with a reply is in the timeline, and comes back as it was, to be saved and never shown", async () => {
  const { api } = await server.as("nora");
  const { id: ticketId } = await opened();
  const answer = await nora.upload(PNG, { name: "Schirm foto äöü.png", ticketId });
  expect(answer).toMatchObject({
    status: 201,
    body: {
      name: "Schirm foto äöü.png",
      contentType: "image/png",
      sizeBytes: PNG.length,
      sha256: createHash("sha256").update(PNG).digest("hex"),
      state: "ready",
    },
  });
  const id = answer.body["id"] as string;
  await api.tickets.reply.mutate({ ticketId, body: "Here.", attachmentIds: [id] });
  const { timeline } = await api.tickets.get.query({ ticketId });
  expect(timeline.at(-1)!.attachments).toEqual([
    { id, name: "Schirm foto äöü.png", contentType: "image/png", sizeBytes: PNG.length, state: "ready" },
  ]);
  const file = await ben.get(`/attachments/${id}`);
  expect(file.status).toBe(200);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(PNG);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    "content-type": "image/png",
    "content-length": String(PNG.length),
    "content-disposition": `attachment; filename="Schirm foto ___.png"; filename*=UTF-8''Schirm%20foto%20%C3%A4%C3%B6%C3%BC.png`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, no-cache",
  });
  const etag = file.headers.get("etag")!;
  const statusFor = async (known: string) => {
    const again = await ben.get(`/attachments/${id}`, { "if-none-match": known });
    await again.arrayBuffer();
    return again.status;
  };
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, `"other",W/${etag} , "third"`, "*"])
    expect([known, await statusFor(known)]).toEqual([known, 304]);
  for (const known of ['"other"', 'W/"other", "third"', etag.replaceAll('"', ""), `"${etag}"`])
    expect([known, await statusFor(known)]).toEqual([known, 200]);
  expect(stored().length).toBeGreaterThan(0);
});

test("a note's files are in the timeline of those who see the note, a description's with the opening for all", async () => {
  const attachmentIds = [await nora.id("as text", { name: "log.txt" })];
  const { api: customer } = await server.as("nora");
  const { api: agent } = await server.as("ben");
  const { id: ticketId } = await customer.tickets.open.mutate({
    title: "With a log",
    description: "",
    attachmentIds,
  });
  const noted = await ben.id("inside", { name: "inside.txt", ticketId });
  await agent.tickets.addNote.mutate({ ticketId, body: "See there.", attachmentIds: [noted] });
  const namesFor = async (api: typeof customer) =>
    (await api.tickets.get.query({ ticketId })).timeline.flatMap(({ kind, attachments }) =>
      attachments.map(({ name }) => `${kind} ${name}`),
    );
  expect(await namesFor(customer)).toEqual(["ticket_opened log.txt"]);
  expect(await namesFor(agent)).toEqual(["ticket_opened log.txt", "note_added inside.txt"]);
});

test("a text takes along only files of its author's that were sent for its ticket, each once", async () => {
  const { api } = await server.as("nora");
  const { id: ticketId } = await opened();
  const { id: otherId } = await opened();
  const reply = (attachmentIds: string[], on = ticketId) =>
    api.tickets.reply.mutate({ ticketId: on, body: "Here.", attachmentIds });
  const mine = await nora.id("mine", { ticketId });
  const bens = await ben.id("Ben's", { ticketId });
  const early = await nora.id("for a ticket still to be opened");
  const before = (await api.tickets.get.query({ ticketId })).timeline.length;
  for (const wrong of [reply([bens]), reply([mine, bens]), reply([mine], otherId), reply([early])])
    await expect(wrong).rejects.toMatchObject({ data: { refusal: { code: "attachment.not_found" } } });
  expect((await api.tickets.get.query({ ticketId })).timeline).toHaveLength(before);
  await reply([mine, mine]);
  await expect(reply([mine])).rejects.toMatchObject({ data: { refusal: { code: "attachment.not_found" } } });
  const opening = api.tickets.open.mutate({ title: "Two", description: "", attachmentIds: [mine] });
  await expect(opening).rejects.toMatchObject({ data: { refusal: { code: "attachment.not_found" } } });
});

test("a file is taken off by its uploader or who edits tickets; history says so to staff, and its bytes go with a job", async () => {
  const { api: customer } = await server.as("nora");
  const { api: agent } = await server.as("ben");
  const { id: ticketId } = await opened();
  const [first, second] = [await nora.id("1", { ticketId, name: "1.txt" }), await nora.id("2", { ticketId })];
  const bens = await ben.id("3", { ticketId });
  await customer.tickets.reply.mutate({ ticketId, body: "Here.", attachmentIds: [first!, second!] });
  await agent.tickets.reply.mutate({ ticketId, body: "And here.", attachmentIds: [bens] });
  await expect(customer.attachments.remove.mutate({ attachmentId: bens })).rejects.toMatchObject({
    data: { refusal: { code: "permission.denied" } },
  });
  const removing = () => agent.attachments.remove.mutate({ attachmentId: first! });
  const results = await Promise.allSettled([removing(), removing()]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await customer.attachments.remove.mutate({ attachmentId: second! });
  const { timeline } = await agent.tickets.get.query({ ticketId });
  expect(timeline.filter(({ kind }) => kind === "attachment_removed")).toMatchObject([
    {
      actor: { name: expect.stringContaining("Ben") },
      changes: { attachment: { from: { id: first, label: "1.txt" } } },
    },
    { changes: { attachment: { from: { id: second }, to: null } } },
  ]);
  const seen = (await customer.tickets.get.query({ ticketId })).timeline;
  expect(seen.map(({ kind }) => kind)).not.toContain("attachment_removed");
  expect(seen.flatMap(({ attachments }) => attachments.map(({ id }) => id))).toEqual([bens]);
  expect(await nora.outcomeOf(first!)).toBe("attachment.not_found");
  const jobs = await server.resources.sql<{ data: { storageKeys: string[] } }[]>`
    select data from pgboss.job where name = 'remove_files'`;
  const keys = jobs.flatMap(({ data }) => data.storageKeys);
  expect(keys).toHaveLength(2);
  await removeFiles(server.resources.files, keys);
  for (const key of keys) expect(stored()).not.toContain(key.replace("attachments/", ""));
});

test("a link opens its one file without a header, for a minute and while its asker is signed in", async () => {
  let lateSeconds = 0;
  const runtime = { ...systemRuntime, now: () => plusSeconds(systemRuntime.now(), lateSeconds) };
  await using own = await startServer({ runtime });
  const sender = await Sender.named(own, "nora");
  const browser = new Sender(own.url, null);
  const client = await own.as("nora");
  const [id, other] = [await sender.id("a page", { name: "a.txt" }), await sender.id("another")];
  const { path } = await client.api.attachments.url.query({ attachmentId: id });
  const statusOf = async (of: string) => {
    const response = await browser.get(of);
    await response.arrayBuffer();
    return response.status;
  };
  expect(await statusOf(path)).toBe(200);
  expect(await statusOf(`/attachments/${id}`)).toBe(401);
  expect(await statusOf(path.replace(id, other))).toBe(401);
  expect(await statusOf(`${path}x`)).toBe(401);
  expect(await statusOf(`/attachments/${id}?link=${sender.accessToken!}`)).toBe(401);
  // It is no access token either.
  const asToken = new Sender(own.url, path.split("link=")[1]!);
  expect(await asToken.outcomeOf(id)).toBe("auth.required");
  lateSeconds = 61;
  expect(await statusOf(path)).toBe(401);
  const again = await client.api.attachments.url.query({ attachmentId: id });
  expect(await statusOf(again.path)).toBe(200);
  await client.signOut();
  expect(await statusOf(again.path)).toBe(401);
});

test("with a merge a file comes to those who see the other ticket as the desk does, and goes with its undo", async () => {
  const departments = await server.resources.sql<
    { id: string; name: string }[]
  >`select id, name from departments`;
  const idOf = (name: string) => departments.find((department) => department.name === name)!.id;
  const tom = await Sender.named(server, "tom");
  const { api: desk } = await server.as("sofia");
  const { api: toms } = await server.as("tom");
  const { api: noras } = await server.as("nora");
  const draft = { title: "Twice", description: "" };
  const first = await toms.tickets.open.mutate({ ...draft, departmentId: idOf("Billing and accounts") });
  const second = await noras.tickets.open.mutate({ ...draft, departmentId: idOf("Technical support") });
  const id = await tom.id("Tom's", { ticketId: first.id });
  await toms.tickets.reply.mutate({ ticketId: first.id, body: "Here.", attachmentIds: [id] });
  const outcomes = async () => [await tom.outcomeOf(id), await ben.outcomeOf(id), await nora.outcomeOf(id)];
  expect(await outcomes()).toEqual(["ok", "attachment.not_found", "attachment.not_found"]);
  const { version } = await desk.tickets.get.query({ ticketId: first.id });
  const merged = { ticketId: first.id, version, intoTicketId: second.id };
  await desk.tickets.merge.mutate(merged);
  expect(await outcomes()).toEqual(["ok", "ok", "attachment.not_found"]);
  const { api: bens } = await server.as("ben");
  const { timeline } = await bens.tickets.get.query({ ticketId: second.id });
  expect(timeline.flatMap(({ attachments }) => attachments.map((file) => file.id))).toEqual([id]);
  const again = await desk.tickets.get.query({ ticketId: first.id });
  await desk.tickets.unmerge.mutate({ ticketId: first.id, version: again.version });
  expect(await outcomes()).toEqual(["ok", "attachment.not_found", "attachment.not_found"]);
});
