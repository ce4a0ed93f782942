import { createHelpdeskClient, isRefusal } from "@helpdesk/client";
import { plusSeconds } from "@helpdesk/domain";
import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sweepExpired } from "../worker/sweep-expired.ts";
import { type Bench, openBench } from "./delivering.fixtures.ts";
import { payloadSchema } from "./payload.ts";
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
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (isRefusal(error) ? error.data.refusal : Promise.reject(error as Error)),
  );

/** As a receiver would: by the scheme of Standard Webhooks alone. */
const signatureBy = (secret: string, headers: Record<string, unknown>, body: string) =>
  `v1,${createHmac("sha256", Buffer.from(secret.replace("whsec_", ""), "base64"))
    .update(`${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`)
    .digest("base64")}`;

test("what is sent is what REST shows to whoever sees the organization, and is what its schema says", async () => {
  await bench.makeWebhook();
  const ticketId = await bench.openTicket("The printer is on fire");
  await bench.reply(ticketId, "Is it **still**?");
  await bench.settle();
  const [opened, replied] = bench.receiver.told();
  for (const payload of [opened, replied]) expect(payloadSchema.parse(payload)).toEqual(payload);
  const seen = await (await api("sofia")).tickets.get.query({ ticketId });
  const { description, tags } = seen;
  expect(opened!.ticket).toMatchObject({
    id: ticketId,
    title: seen.title,
    customer: seen.customer,
    description,
    tags,
  });
  expect([opened!.entry, replied!.entry]).toEqual(seen.timeline);
  expect([opened!.sequence, replied!.sequence]).toEqual([1, 2]);
});

test("a secret is told once, signs, and is in no row, list or answer after that", async () => {
  const { id, secret } = await bench.makeWebhook();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await (await api()).webhooks.test.mutate({ webhookId: id });
  await bench.settle();
  const [{ headers, body }] = bench.receiver.received as [(typeof bench.receiver.received)[number]];
  expect(headers["webhook-signature"]).toBe(signatureBy(secret, headers, body));
  const { items } = await (await api()).webhooks.deliveries.list.query({ webhookId: id });
  const answers = [
    await (await api()).webhooks.list.query(),
    await (await api()).webhooks.get.query({ webhookId: id }),
    await (await api()).webhooks.deliveries.get.query({ webhookId: id, deliveryId: items[0]!.id }),
    await bench.server.resources
      .sql`select w.*::text, encode(sealed_secret, 'escape') as sealed from webhooks w`,
    await bench.server.resources.sql`select data::text from audit_log`,
  ];
  expect(JSON.stringify(answers)).not.toContain(secret.slice(6, -1));
  expect(JSON.stringify(answers)).not.toContain("webhook-signature");
});

test("while a secret is rotated both sign, and after that the new one alone", async () => {
  const { id, version, secret: old } = await bench.makeWebhook();
  const rotating = { webhookId: id, version, overlapSeconds: 3_600 };
  const { secret } = await (await api()).webhooks.rotateSecret.mutate(rotating);
  expect(secret).not.toBe(old);
  const signatures = async () => {
    await (await api()).webhooks.test.mutate({ webhookId: id });
    await bench.settle();
    const { headers, body } = bench.receiver.received.at(-1)!;
    return [
      headers["webhook-signature"],
      signatureBy(secret, headers, body),
      signatureBy(old, headers, body),
    ];
  };
  const [both, byNew, byOld] = await signatures();
  expect(both).toBe([byNew, byOld].join(" "));
  bench.pass(3_601);
  const [one, byNewAgain] = await signatures();
  expect(one).toBe(byNewAgain);
});

test("a sealed secret that was copied to another webhook signs nothing there", async () => {
  const one = await bench.makeWebhook();
  const other = await bench.makeWebhook();
  await bench.server.resources.sql`
    update webhooks set sealed_secret = (select sealed_secret from webhooks where id = ${one.id}) where id = ${other.id}`;
  const { id } = await (await api()).webhooks.test.mutate({ webhookId: other.id });
  await bench.settle();
  const delivery = { webhookId: other.id, deliveryId: id };
  expect((await (await api()).webhooks.deliveries.get.query(delivery)).tries).toMatchObject([
    { problem: "secret" },
  ]);
  expect(bench.receiver.received).toEqual([]);
});

test("a ping goes even where the webhook is switched off, once, and says nothing of its health", async () => {
  const { id, version } = await bench.makeWebhook();
  const off = await (await api()).webhooks.setActive.mutate({ webhookId: id, version, isActive: false });
  expect(off).toMatchObject({ isActive: false, stop: "paused" });
  bench.receiver.manner = manners.says(500);
  await (await api()).webhooks.test.mutate({ webhookId: id });
  await bench.settle();
  bench.pass(7_200);
  await bench.settle();
  expect(bench.receiver.received.map(({ payload }) => payload.kind)).toEqual(["ping"]);
  const { items } = await (await api()).webhooks.deliveries.list.query({ webhookId: id });
  expect(items).toMatchObject([{ kind: "ping", ticketId: null, state: "failed", attempts: 1 }]);
  expect(await (await api()).webhooks.get.query({ webhookId: id })).toMatchObject({
    failingSince: null,
    stop: "paused",
  });
});

test("the log is read by state and ticket, page by page, and a delivery in it is sent again as it was", async () => {
  const { id: webhookId } = await bench.makeWebhook();
  const tickets = [await bench.openTicket("One"), await bench.openTicket("Two")];
  await bench.settle();
  bench.receiver.manner = manners.says(500);
  await bench.reply(tickets[0]!, "Fails");
  await bench.settle();
  const list = async (input: object = {}) =>
    (await api()).webhooks.deliveries.list.query({ webhookId, ...input });
  expect((await list()).items.map(({ kind }) => kind)).toEqual([
    "reply_added",
    "ticket_opened",
    "ticket_opened",
  ]);
  expect((await list({ state: "pending" })).items).toMatchObject([
    { kind: "reply_added", ticketId: tickets[0] },
  ]);
  expect((await list({ ticketId: tickets[1] })).items).toMatchObject([
    { ticketId: tickets[1], state: "delivered" },
  ]);
  const first = await list({ limit: 2 });
  const rest = await list({ limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...rest.items]).toEqual((await list()).items);
  expect(rest.nextCursor).toBeNull();

  const delivery = { webhookId, deliveryId: rest.items[0]!.id };
  const before = await (await api()).webhooks.deliveries.get.query(delivery);
  expect(before).toMatchObject({
    state: "delivered",
    tries: [{ responseStatus: 200, problem: null, answer: "Thanks." }],
  });
  const { body, headers } = bench.receiver.received.find((each) => each.headers["webhook-id"] === before.id)!;
  expect(before.request).toMatchObject({ body, headers: { "webhook-id": headers["webhook-id"] } });
  bench.receiver.manner = manners.takes;
  bench.receiver.received.length = 0;
  await (await api()).webhooks.deliveries.redeliver.mutate(delivery);
  await bench.settle();
  const again = bench.receiver.received.filter((each) => each.headers["webhook-id"] === before.id);
  expect(again.map((each) => each.body)).toEqual([body]);
  expect(await (await api()).webhooks.deliveries.get.query(delivery)).toMatchObject({
    state: "delivered",
    attempts: 2,
  });
});

test("what is under way goes where the webhook leads by then", async () => {
  const { id, version } = await bench.makeWebhook();
  bench.receiver.manner = manners.says(500);
  await bench.openTicket("Moved");
  await bench.settle();
  bench.receiver.manner = manners.takes;
  bench.receiver.received.length = 0;
  await (await api()).webhooks.update.mutate({ webhookId: id, version, url: bench.receiver.url("/moved") });
  bench.pass(60);
  await bench.settle();
  expect(bench.receiver.received.map(({ path }) => path)).toEqual(["/moved"]);
});

test("a deleted webhook is told nothing more, is found no more, and its name is free", async () => {
  const { id, version, name } = await bench.makeWebhook();
  await bench.openTicket("Never told");
  await (await api()).webhooks.delete.mutate({ webhookId: id, version });
  await bench.settle();
  expect(bench.receiver.received).toEqual([]);
  expect(await (await api()).webhooks.list.query()).toEqual([]);
  for (const call of [
    async () => (await api()).webhooks.get.query({ webhookId: id }),
    async () => (await api()).webhooks.test.mutate({ webhookId: id }),
    async () => (await api()).webhooks.deliveries.list.query({ webhookId: id }),
  ])
    expect(await refusal(call())).toEqual({ code: "webhook.not_found" });
  expect((await bench.makeWebhook({ name })).name).toBe(name);
});

test("nobody changes what somebody else changed meanwhile, and names are distinct", async () => {
  const { id, version, name } = await bench.makeWebhook();
  const renamed = { webhookId: id, version, name: "Renamed" };
  await (await api()).webhooks.update.mutate(renamed);
  for (const call of [
    async () => (await api()).webhooks.update.mutate(renamed),
    async () => (await api()).webhooks.setActive.mutate({ webhookId: id, version, isActive: false }),
    async () => (await api()).webhooks.rotateSecret.mutate({ webhookId: id, version }),
    async () => (await api()).webhooks.delete.mutate({ webhookId: id, version }),
  ])
    expect(await refusal(call())).toEqual({ code: "version.conflict", version: version + 1 });
  await bench.makeWebhook({ name });
  expect(await refusal(bench.makeWebhook({ name: "Renamed" }))).toEqual({ code: "webhook.name_taken" });
});

test("an organization has fifty webhooks at most, however many make them at once", async () => {
  for (let n = 0; n < 48; n++) await bench.makeWebhook();
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => refusal(bench.makeWebhook())));
  expect(outcomes.filter((each) => each === null)).toHaveLength(2);
  expect(outcomes.find((each) => each !== null)).toEqual({ code: "webhook.limit_reached", limit: 50 });
});

test("nobody has more told than they may read: not by a role of one's own, nor by a key", async () => {
  const admin = await api("sofia");
  const permissions = ["webhook.manage", "ticket.read_departments", "api_key.manage"] as const;
  await admin.roles.create.mutate({ key: "integrator", name: "Integrator", permissions: [...permissions] });
  const reaching = await admin.apiKeys.create.mutate({
    name: "Reaching",
    scopes: ["webhook.manage", "ticket.read_organization"],
  });
  const narrow = await admin.apiKeys.create.mutate({ name: "Narrow", scopes: ["webhook.manage"] });
  const by = (apiKey: string) => createHelpdeskClient({ url: bench.server.url, credentials: { apiKey } }).api;
  const input = (name: string, includesNotes = false) => ({
    name,
    url: bench.receiver.url(),
    eventKinds: ["*" as const],
    includesNotes,
  });
  const made = await by(reaching.key).webhooks.create.mutate(input("Made by a key"));
  expect(await refusal(by(reaching.key).webhooks.create.mutate(input("Notes", true)))).toEqual({
    code: "permission.denied",
    permission: "ticket.note",
  });
  const denied = { code: "permission.denied", permission: "ticket.read_organization" };
  const narrowly = by(narrow.key).webhooks;
  expect(await refusal(narrowly.create.mutate(input("Denied")))).toEqual(denied);
  const { id } = await by(reaching.key).webhooks.test.mutate({ webhookId: made.id });
  expect(await refusal(narrowly.deliveries.get.query({ webhookId: made.id, deliveryId: id }))).toEqual(
    denied,
  );
  expect(
    (await by(reaching.key).webhooks.deliveries.get.query({ webhookId: made.id, deliveryId: id })).id,
  ).toBe(id);
});

test("what is wrong with an address is told by its reason", async () => {
  const reasonOf = (url: string) => refusal(bench.makeWebhook({ url }));
  const forbidden = (reason: string) => ({ code: "webhook.url_forbidden", reason });
  expect(await reasonOf("http://127.0.0.1/")).toEqual(forbidden("not_https"));
  expect(await reasonOf("https://me:secret@127.0.0.1/")).toEqual(forbidden("credentials"));
  expect(await reasonOf("https://127.0.0.1:25/")).toEqual(forbidden("port"));
  expect(await reasonOf("https://10.0.0.1/")).toEqual(forbidden("private"));
  expect(await reasonOf("https://nowhere.invalid/")).toEqual(forbidden("unresolvable"));
  expect(await reasonOf("not a url")).toMatchObject({ code: "input.invalid" });
});

test("deliveries are kept for thirty days, and a deleted webhook goes after them", async () => {
  const { id, version } = await bench.makeWebhook();
  await bench.openTicket("Kept");
  await bench.settle();
  await (await api()).webhooks.delete.mutate({ webhookId: id, version });
  const later = (days: number) => ({
    sql: bench.server.resources.sql,
    runtime: { ...bench.delivering.runtime, now: () => plusSeconds(bench.now(), days * 86_400) },
  });
  expect(await sweepExpired(later(29))).toMatchObject({ webhookDeliveries: 0, webhooks: 0 });
  expect(await sweepExpired(later(30.5))).toMatchObject({ webhookDeliveries: 1, webhooks: 0 });
  expect(await sweepExpired(later(31.5))).toMatchObject({ webhookDeliveries: 0, webhooks: 1 });
});
