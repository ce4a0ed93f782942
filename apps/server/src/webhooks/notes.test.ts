import { createHelpdeskClient } from "@helpdesk/client";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Bench, openBench } from "./delivering.fixtures.ts";
import { PNG, Sender } from "../attachments/upload.fixtures.ts";
import { manners } from "./receiver.fixtures.ts";

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

afterEach(async () => {
  bench.receiver.manner = manners.takes;
  bench.receiver.received.length = 0;
  await bench.server.resources.sql`delete from webhooks`;
});

const api = async (name = "omar") => (await bench.server.as(name)).api;

test("the texts of notes are for webhooks that include notes alone", async () => {
  await bench.makeWebhook({ url: bench.receiver.url("/without") });
  await bench.makeWebhook({ url: bench.receiver.url("/with"), includesNotes: true });
  const ticketId = await bench.openTicket("Noted");
  await (await api("sofia")).tickets.addNote.mutate({ ticketId, body: "A **secret** of ours" });
  await bench.settle();
  const noteTo = (path: string) =>
    bench.receiver.told(path).find(({ kind }) => kind === "note_added")!.entry!;
  expect(noteTo("/with").comment).toMatchObject({ body: "A **secret** of ours", visibility: "internal" });
  expect(noteTo("/without").comment).toMatchObject({ body: null, html: null, visibility: "internal" });
  const without = bench.receiver.received.filter(({ path }) => path === "/without");
  expect(without.map(({ body }) => body).join()).not.toContain("secret");
});

test("what was made while notes were included tells of them no more when they are not: neither who is sent it nor who reads the log without seeing notes", async () => {
  const { id: webhookId, version } = await bench.makeWebhook({ includesNotes: true });
  const ticketId = await bench.openTicket("Noted");
  await bench.settle();
  bench.receiver.manner = manners.says(500);
  await (await api("sofia")).tickets.addNote.mutate({ ticketId, body: "A **secret** of ours" });
  await bench.settle();
  const sent = () => bench.receiver.received.filter(({ payload }) => payload.kind === "note_added");
  expect(sent().map(({ body }) => body.includes("secret"))).toEqual([true]);
  await (await api()).webhooks.update.mutate({ webhookId, version, includesNotes: false });
  bench.receiver.manner = manners.takes;
  bench.pass(60);
  await bench.settle();
  const deliveryId = String(sent()[0]!.headers["webhook-id"]);
  await (await api()).webhooks.deliveries.redeliver.mutate({ webhookId, deliveryId });
  await bench.settle();
  expect(sent().map(({ body }) => body.includes("secret"))).toEqual([true, false, false]);
  const { eventId, entry } = sent()[2]!.payload;
  expect(entry!.comment).toMatchObject({ body: null, html: null, visibility: "internal" });
  expect(eventId).toBe(sent()[0]!.payload.eventId);

  const scopes = ["webhook.manage", "ticket.read_organization"] as const;
  const { key } = await (await api("sofia")).apiKeys.create.mutate({ name: "Log", scopes: [...scopes] });
  const keyed = createHelpdeskClient({ url: bench.server.url, credentials: { apiKey: key } }).api;
  const bodyFor = async (reader: typeof keyed) =>
    (await reader.webhooks.deliveries.get.query({ webhookId, deliveryId })).request.body;
  expect(await bodyFor(keyed)).not.toContain("secret");
  expect(await bodyFor(keyed)).toContain(ticketId);
  expect(await bodyFor(await api()), "as it was sent").toContain("secret");
});

test("the name of a file that was removed from a note is for webhooks that include notes alone", async () => {
  await bench.makeWebhook({ url: bench.receiver.url("/without") });
  await bench.makeWebhook({ url: bench.receiver.url("/with"), includesNotes: true });
  const ticketId = await bench.openTicket("Noted");
  const file = await (
    await Sender.named(bench.server, "sofia")
  ).id(PNG, { name: "the-secret.png", ticketId });
  const sofia = await api("sofia");
  await sofia.tickets.addNote.mutate({ ticketId, body: "See", attachmentIds: [file] });
  await sofia.attachments.remove.mutate({ attachmentId: file });
  await bench.settle();
  const bodies = (path: string) =>
    bench.receiver.received.filter((each) => each.path === path).map(({ body }) => body);
  expect(bodies("/with").join()).toContain("the-secret.png");
  expect(bodies("/without").join()).not.toContain("the-secret.png");
  expect(bodies("/without").join()).toContain("attachment_removed");
});
