import { plusSeconds } from "@helpdesk/domain";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Bench, openBench } from "./delivering.fixtures.ts";
import { claim } from "./claim.ts";
import { deliver } from "./deliver.ts";
import { fanOut } from "./fan-out.ts";
import { type Manner, manners } from "./receiver.fixtures.ts";

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

afterEach(async () => {
  bench.receiver.manner = manners.takes;
  bench.receiver.received.length = 0;
  const { api } = await bench.server.as("omar");
  for (const { id, version } of await api.webhooks.list.query())
    await api.webhooks.delete.mutate({ webhookId: id, version });
});

const admin = async () => (await bench.server.as("omar")).api;
const deliveriesOf = async (webhookId: string) => {
  const { items } = await (await admin()).webhooks.deliveries.list.query({ webhookId });
  return items.toReversed();
};
const triesOf = async (webhookId: string, deliveryId: string) =>
  (await (await admin()).webhooks.deliveries.get.query({ webhookId, deliveryId })).tries;

test("through every ill of a receiver each delivery arrives once it is well, in the order of its ticket", async () => {
  const webhook = await bench.makeWebhook();
  const tickets = await Promise.all(["One", "Two", "Three"].map((title) => bench.openTicket(title)));
  for (const ticketId of tickets) for (const n of [1, 2, 3]) await bench.reply(ticketId, `Answer ${n}`);
  const ills: Manner[] = [
    manners.says(500),
    manners.closes,
    manners.says(302, { location: bench.receiver.url("/elsewhere") }),
    manners.says(404),
    manners.says(429),
  ];
  for (const ill of ills) {
    bench.receiver.manner = ill;
    await bench.settle();
    bench.pass(3_600 * 1.2);
  }
  const firsts = new Set(bench.receiver.received.map(({ payload }) => payload.sequence));
  expect([...firsts], "nothing overtakes what has not arrived").toEqual([1]);
  expect(bench.receiver.received.map(({ path }) => path)).not.toContain("/elsewhere");
  bench.receiver.manner = manners.takes;
  bench.receiver.received.length = 0;
  await bench.settle();
  for (const ticketId of tickets) {
    const told = bench.receiver.received.filter(({ payload }) => payload.ticket!.id === ticketId);
    expect(told.map(({ payload }) => payload.sequence)).toEqual([1, 2, 3, 4]);
  }
  const deliveries = await deliveriesOf(webhook.id);
  expect(new Set(deliveries.map(({ state }) => state))).toEqual(new Set(["delivered"]));
  const first = deliveries.find(({ kind }) => kind === "ticket_opened")!;
  expect((await triesOf(webhook.id, first.id)).map((each) => [each.responseStatus, each.problem])).toEqual([
    [500, "status"],
    [null, "closed"],
    [302, "redirect"],
    [404, "status"],
    [429, "status"],
    [200, null],
  ]);
});

test("a ticket whose delivery fails holds up its own deliveries and no other's", async () => {
  const webhook = await bench.makeWebhook();
  const other = await bench.makeWebhook({ url: bench.receiver.url("/other") });
  const [bad, good] = [await bench.openTicket("Bad"), await bench.openTicket("Good")];
  for (const ticketId of [bad, good]) await bench.reply(ticketId, "Hello");
  bench.receiver.manner = (response, received) =>
    (received.path === "/hook" && received.payload.ticket!.id === bad ? manners.says(500) : manners.takes)(
      response,
      received,
    );
  await bench.settle();
  const states = async (webhookId: string, ticketId: string) =>
    (await deliveriesOf(webhookId)).filter((each) => each.ticketId === ticketId).map(({ state }) => state);
  expect(await states(webhook.id, bad)).toEqual(["pending", "pending"]);
  expect(await states(webhook.id, good)).toEqual(["delivered", "delivered"]);
  expect(await states(other.id, bad)).toEqual(["delivered", "delivered"]);
});

test("what never ends its answer is a failure, whether it hangs or drips", async () => {
  const hanging = await bench.makeWebhook({ url: bench.receiver.url("/hangs") });
  const dripping = await bench.makeWebhook({ url: bench.receiver.url("/drips") });
  bench.receiver.manner = (response, { path }) =>
    path === "/drips" ? manners.dripsForever(response) : manners.hangs();
  await bench.openTicket("Slow");
  await bench.round();
  for (const [{ id }, responseStatus] of [
    [hanging, null],
    [dripping, 200],
  ] as const) {
    const [delivery] = await deliveriesOf(id);
    expect(delivery).toMatchObject({ state: "pending", attempts: 1 });
    expect(await triesOf(id, delivery!.id)).toMatchObject([{ problem: "timeout", responseStatus }]);
  }
});

test("an answer that only changes the protocol ends its attempt: it is a failure, and nothing waits for ever", async () => {
  const webhook = await bench.makeWebhook();
  bench.receiver.manner = (response) =>
    response.socket!.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
  await bench.openTicket("Upgraded");
  await bench.round();
  const [delivery] = await deliveriesOf(webhook.id);
  expect(delivery).toMatchObject({ state: "pending", attempts: 1 });
  expect(await triesOf(webhook.id, delivery!.id)).toMatchObject([
    { problem: "closed", responseStatus: null },
  ]);
});

test("of a gigabyte little is read, and less is kept", async () => {
  const webhook = await bench.makeWebhook();
  let sent = 0;
  const closed = Promise.withResolvers<void>();
  bench.receiver.manner = (response) => {
    const socket = response.socket!;
    socket.on("close", () => {
      sent = socket.bytesWritten;
      closed.resolve();
    });
    manners.floods(response);
  };
  await bench.openTicket("Flood");
  await bench.round();
  await closed.promise;
  expect(sent).toBeLessThan(100_000_000);
  const [delivery] = await deliveriesOf(webhook.id);
  expect(delivery!.state).toBe("delivered");
  expect((await triesOf(webhook.id, delivery!.id))[0]!.answer).toBe("x".repeat(1_024));
});

test("a receiver is left alone for as long as it asks", async () => {
  await bench.makeWebhook();
  bench.receiver.manner = manners.says(503, { "retry-after": "600" });
  await bench.openTicket("Later");
  await bench.settle();
  bench.pass(599);
  await bench.settle();
  expect(bench.receiver.received).toHaveLength(1);
  bench.pass(2);
  await bench.round();
  expect(bench.receiver.received).toHaveLength(2);
});

test("a certificate that nobody trusts gets nothing", async () => {
  const webhook = await bench.makeWebhook();
  await bench.openTicket("Untrusted");
  await fanOut(bench.delivering);
  const { ca: _, ...distrusting } = bench.delivering;
  for (const lane of await claim(bench.delivering, 100)) await deliver(distrusting, lane);
  const [delivery] = await deliveriesOf(webhook.id);
  expect(await triesOf(webhook.id, delivery!.id)).toMatchObject([{ problem: "untrusted" }]);
  expect(bench.receiver.received).toEqual([]);
});

const notificationsOf = async (name: string) => {
  const { items } = await (await bench.server.as(name)).api.notifications.list.query({});
  return items.filter(({ kind }) => kind === "webhook_stopped");
};

test("410 switches a webhook off and its managers are told; what waited goes on when it is on again, what happened meanwhile is not told", async () => {
  const { id } = await bench.makeWebhook();
  const before = (await notificationsOf("omar")).length;
  bench.receiver.manner = manners.says(410);
  const ticketId = await bench.openTicket("Gone");
  await bench.reply(ticketId, "One");
  await bench.settle();
  const off = await (await admin()).webhooks.get.query({ webhookId: id });
  expect(off).toMatchObject({ isActive: false, stop: "gone" });
  expect((await notificationsOf("omar")).length).toBe(before + 1);
  expect(await notificationsOf("ben")).toEqual([]);
  bench.receiver.manner = manners.takes;
  bench.receiver.received.length = 0;
  await bench.reply(ticketId, "While it is off");
  bench.pass(7_200);
  await bench.settle();
  expect(bench.receiver.received).toEqual([]);
  const on = await (
    await admin()
  ).webhooks.setActive.mutate({ webhookId: id, version: off.version, isActive: true });
  expect(on).toMatchObject({ isActive: true, stop: null, failingSince: null });
  const waiting = (await deliveriesOf(id)).filter(({ state }) => state === "pending");
  const tried = waiting.map(({ createdAt, giveUpAt }) => Date.parse(giveUpAt) - Date.parse(createdAt));
  expect(Math.min(...tried), "as long as what is new").toBeGreaterThan((3 * 86_400 + 7_200) * 1_000);
  await bench.reply(ticketId, "On again");
  await bench.settle();
  expect(bench.receiver.received.map(({ payload }) => payload.sequence)).toEqual([1, 2, 4]);
});

test("after three days without one success it is switched off; what was given up is sent again when asked for", async () => {
  const { id } = await bench.makeWebhook();
  bench.receiver.manner = manners.says(500);
  const since = bench.now();
  await bench.openTicket("Days");
  for (let hours = 0; hours <= 74; hours++) {
    await bench.settle();
    bench.pass(3_600 * 1.2);
  }
  const off = await (await admin()).webhooks.get.query({ webhookId: id });
  expect(off).toMatchObject({ isActive: false, stop: "failing" });
  expect(await deliveriesOf(id)).toMatchObject([{ state: "failed", nextAttemptAt: null }]);
  bench.receiver.manner = manners.takes;
  bench.receiver.received.length = 0;
  const api = await admin();
  await api.webhooks.setActive.mutate({ webhookId: id, version: off.version, isActive: true });
  await bench.settle();
  expect(bench.receiver.received).toEqual([]);
  const again = (since: string) => api.webhooks.deliveries.redeliverFailed.mutate({ webhookId: id, since });
  expect(await again(bench.now())).toEqual({ count: 0, hasMore: false });
  expect(await again(since)).toEqual({ count: 1, hasMore: false });
  await bench.settle();
  expect(bench.receiver.received.map(({ payload }) => payload.kind)).toEqual(["ticket_opened"]);
  expect(await deliveriesOf(id)).toMatchObject([{ state: "delivered" }]);
});

test("one success ends the time of failing", async () => {
  const { id } = await bench.makeWebhook();
  bench.receiver.manner = manners.says(500);
  await bench.openTicket("Fails");
  await bench.settle();
  const failing = async () => (await (await admin()).webhooks.get.query({ webhookId: id })).failingSince;
  expect(await failing()).not.toBeNull();
  bench.receiver.manner = manners.takes;
  bench.pass(60);
  await bench.settle();
  expect(await failing()).toBeNull();
});

test("whose claim ran out writes nothing, and who took it over does", async () => {
  const { id } = await bench.makeWebhook();
  await bench.openTicket("Claimed twice");
  await fanOut(bench.delivering);
  const [lost] = await claim(bench.delivering, 1);
  expect(await claim(bench.delivering, 1), "it is somebody's").toEqual([]);
  bench.pass(60);
  const [taken] = await claim(bench.delivering, 1);
  await deliver(bench.delivering, lost!);
  expect(await deliveriesOf(id)).toMatchObject([{ state: "pending", attempts: 0 }]);
  await deliver(bench.delivering, taken!);
  expect(await deliveriesOf(id)).toMatchObject([{ state: "delivered", attempts: 1 }]);
  const ids = bench.receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(new Set(ids).size).toBe(1);
});

test("a lane is not ended while what belongs to it is being made", async () => {
  const { id } = await bench.makeWebhook();
  await bench.openTicket("Empty at first");
  const { sql } = bench.server.resources;
  await fanOut(bench.delivering);
  const [made] = await sql`select * from webhook_deliveries where webhook_id = ${id}`;
  await sql`delete from webhook_deliveries where webhook_id = ${id}`;
  const [lane] = await claim(bench.delivering, 1);
  let ended: Promise<void> | undefined;
  await sql.begin(async (making) => {
    await making`insert into webhook_deliveries ${making(made!)}`;
    await making`update webhook_lanes set due_at = due_at where webhook_id = ${id}`;
    ended = deliver(bench.delivering, lane!);
    const waiting = () =>
      sql`select from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'webhook_lanes'`;
    await expect.poll(async () => (await waiting()).length).toBe(1);
  });
  await ended;
  expect(await sql`select from webhook_lanes where webhook_id = ${id}`).toHaveLength(1);
});

test("of one webhook ten attempts are under way at most, two while it fails, and another webhook has its turn", async () => {
  const webhook = await bench.makeWebhook({ eventKinds: ["ticket_opened"] });
  for (let n = 0; n < 12; n++) await bench.openTicket(`Many ${n}`);
  const other = await bench.makeWebhook({ url: bench.receiver.url("/other") });
  await bench.openTicket("One more");
  await fanOut(bench.delivering);
  const lanes = await claim(bench.delivering, 64);
  expect(lanes.filter(({ webhookId }) => webhookId === webhook.id)).toHaveLength(10);
  expect(lanes.filter(({ webhookId }) => webhookId === other.id)).toHaveLength(1);
  await bench.server.resources.sql`
    update webhooks set failing_since = ${plusSeconds(bench.now(), -60)} where id = ${webhook.id}`;
  bench.pass(60);
  const fewer = await claim(bench.delivering, 64);
  expect(fewer.filter(({ webhookId }) => webhookId === webhook.id)).toHaveLength(2);
});
