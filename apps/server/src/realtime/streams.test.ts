import type { HelpdeskApi } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { News } from "../notifications/on-mine.ts";
import type { Present } from "../presence/view.ts";
import type { SessionChange } from "../sessions/on-change.ts";
import type { TicketChange } from "../tickets/on-change.ts";
import type { ViewChange } from "../views/on-change.ts";
import { reading } from "./reading.fixtures.ts";

let server: TestServer;
let ben: HelpdeskApi, yuki: HelpdeskApi, nora: HelpdeskApi, petra: HelpdeskApi, carla: HelpdeskApi;
let departments: { id: string; name: string }[];

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [ben, yuki, nora, petra, carla] = [
    await api("ben"),
    await api("yuki"),
    await api("nora"),
    await api("petra"),
    await api("carla"),
  ];
  departments = await nora.departments.list.query();
});
afterAll(() => server[Symbol.asyncDispose]());

const departmentId = (name: string) => departments.find((each) => each.name === name)!.id;

const supportTicket = async () =>
  (
    await nora.tickets.open.mutate({
      title: "Live",
      description: "",
      departmentId: departmentId("Technical support"),
    })
  ).id;

const ticketStream = (api: HelpdeskApi, ticketId: string, lastEventId?: string) =>
  reading<TicketChange>((handlers) => api.tickets.onChange.subscribe({ ticketId, lastEventId }, handlers));

test("a ticket's stream begins with the ticket as it is, and has every entry after that once and in order", async () => {
  const ticketId = await supportTicket();
  const live = ticketStream(ben, ticketId);
  const [first] = await live.until(({ length }) => length === 1);
  expect(first).toMatchObject({ ticket: { id: ticketId, status: "open" }, entries: [] });
  const bodies = Array.from({ length: 30 }, (_, i) => `Reply ${i}`);
  for (const body of bodies) await nora.tickets.reply.mutate({ ticketId, body });
  await ben.tickets.take.mutate({ ticketId });
  const seen = await live.until((all) => all.at(-1)!.ticket.assignee !== null);
  const entries = seen.flatMap((message) => message.entries);
  const { timeline } = await ben.tickets.get.query({ ticketId });
  expect(entries).toEqual(timeline.slice(1));
  live.stop();
});

test("a customer's stream has what their timeline has, and not a word of notes", async () => {
  const ticketId = await supportTicket();
  const [hers, his] = [ticketStream(nora, ticketId), ticketStream(ben, ticketId)];
  await his.until(({ length }) => length === 1);
  await hers.until(({ length }) => length === 1);
  await ben.tickets.addNote.mutate({ ticketId, body: "Not for her" });
  await ben.tickets.reply.mutate({ ticketId, body: "For her" });
  await ben.tickets.addNote.mutate({ ticketId, body: "Nor this" });
  await his.until((all) => all.flatMap(({ entries }) => entries).some(({ kind }) => kind === "note_added"));
  await ben.tickets.setPriority.mutate({ ticketId, priority: "urgent", version: 1 });
  const seen = await hers.until((all) => all.at(-1)!.ticket.priority === "urgent");
  const { timeline } = await nora.tickets.get.query({ ticketId });
  expect(seen.flatMap(({ entries }) => entries)).toEqual(timeline.slice(1));
  expect(JSON.stringify(hers.messages)).not.toMatch(/note_added|Not for her|Nor this/);
  hers.stop();
  his.stop();
});

test("a stream that is taken up again by its last id has what came meanwhile, and nothing twice", async () => {
  const ticketId = await supportTicket();
  const before = ticketStream(ben, ticketId);
  await ben.tickets.reply.mutate({ ticketId, body: "One" });
  await before.until((all) => all.flatMap(({ entries }) => entries).length > 0 || all.length > 0);
  await before.until(({ length }) => length > 0);
  before.stop();
  const lastId = before.messages.at(-1)!.id;
  await nora.tickets.reply.mutate({ ticketId, body: "Two" });
  await ben.tickets.addNote.mutate({ ticketId, body: "Three" });
  const after = ticketStream(ben, ticketId, lastId);
  const [caughtUp] = await after.until(({ length }) => length === 1);
  const { timeline } = await ben.tickets.get.query({ ticketId });
  expect(caughtUp!.entries).toEqual(timeline.slice(timeline.findIndex(({ id }) => id === lastId) + 1));
  after.stop();
  const fromTimeline = ticketStream(ben, ticketId, timeline[0]!.id);
  const [all] = await fromTimeline.until(({ length }) => length === 1);
  expect(all!.entries).toEqual(timeline.slice(1));
  fromTimeline.stop();
});

test("who may not see a ticket hears what is heard of one that is not there", async () => {
  const ticketId = await supportTicket();
  expect(await ticketStream(carla, ticketId).ended()).toBe("ticket.not_found");
  expect(await ticketStream(ben, crypto.randomUUID()).ended()).toBe("ticket.not_found");
  const entry = (await ben.tickets.get.query({ ticketId })).timelineCursor ?? crypto.randomUUID();
  expect(await ticketStream(carla, ticketId, entry).ended()).toBe("ticket.not_found");
  expect(await ticketStream(ben, ticketId, crypto.randomUUID()).ended()).toBe("cursor.invalid");
});

test("a stream ends when its ticket moves out of sight, and one of somebody who still sees it goes on", async () => {
  const ticketId = await supportTicket();
  const [bens, petras, noras] = [
    ticketStream(ben, ticketId),
    ticketStream((await server.as("omar")).api, ticketId),
    ticketStream(nora, ticketId),
  ];
  await Promise.all([bens, petras, noras].map((each) => each.until(({ length }) => length > 0)));
  await petra.tickets.setDepartment.mutate({
    ticketId,
    departmentId: departmentId("Billing and accounts"),
    version: 1,
  });
  expect(await bens.ended()).toBe("ticket.not_found");
  await petras.until((all) => all.at(-1)!.ticket.department?.name === "Billing and accounts");
  await noras.until((all) => all.at(-1)!.ticket.department?.name === "Billing and accounts");
  petras.stop();
  noras.stop();
});

test("a view's stream tells what comes into it, changes in it and leaves it", async () => {
  const view = await ben.views.create.mutate({
    name: "Urgent here",
    conditions: { priorities: ["urgent"], departments: ["mine"] },
  });
  const live = reading<ViewChange>((handlers) => ben.views.onChange.subscribe({ viewId: view.id }, handlers));
  await live.until(({ length }) => length === 1);
  const ticketId = await supportTicket();
  await ben.tickets.setPriority.mutate({ ticketId, priority: "urgent", version: 1 });
  await live.until((all) => all.some(({ changed }) => changed.some(({ id }) => id === ticketId)));
  await ben.tickets.take.mutate({ ticketId });
  const rows = await live.until((all) =>
    all.some(({ changed }) => changed.some(({ id, assignee }) => id === ticketId && assignee !== null)),
  );
  expect(rows.at(-1)!.changed.at(-1)).toEqual(
    (await ben.views.tickets.query({ viewId: view.id })).items.find(({ id }) => id === ticketId),
  );
  const lastId = live.messages.at(-1)!.id;
  live.stop();
  await ben.tickets.setPriority.mutate({ ticketId, priority: "low", version: 3 });
  const resumed = reading<ViewChange>((handlers) =>
    ben.views.onChange.subscribe({ viewId: view.id, lastEventId: lastId }, handlers),
  );
  await resumed.until((all) => all.some(({ left }) => left.includes(ticketId)));
  resumed.stop();
});

test("a view's stream tells that a ticket left by going out of sight, and nothing of tickets that never were in it", async () => {
  const live = reading<ViewChange>((handlers) =>
    yuki.views.onChange.subscribe({ viewId: "all_open" }, handlers),
  );
  await live.until(({ length }) => length === 1);
  const ticketId = await supportTicket();
  await live.until((all) => all.some(({ changed }) => changed.some(({ id }) => id === ticketId)));
  await petra.tickets.setDepartment.mutate({
    ticketId,
    departmentId: departmentId("Billing and accounts"),
    version: 1,
  });
  await live.until((all) => all.some(({ left }) => left.includes(ticketId)));
  const count = live.messages.length;
  await nora.tickets.reply.mutate({ ticketId, body: "Where is it?" });
  const seenTicket = await supportTicket();
  await live.until((all) => all.some(({ changed }) => changed.some(({ id }) => id === seenTicket)));
  expect(JSON.stringify(live.messages.slice(count))).not.toContain(ticketId);
  live.stop();
});

test("one's notifications come as they are made, with how many are unread on every device", async () => {
  const live = reading<News>((handlers) => nora.notifications.onMine.subscribe(undefined, handlers));
  const [first] = await live.until(({ length }) => length === 1);
  expect(first!.notifications).toEqual([]);
  const ticketId = await supportTicket();
  await ben.tickets.reply.mutate({ ticketId, body: "Hello" });
  const seen = await live.until((all) => all.flatMap(({ notifications }) => notifications).length > 0);
  const { items } = await nora.notifications.list.query({ limit: 1 });
  expect(seen.at(-1)).toMatchObject({ notifications: [items[0]], isTooMuch: false });
  expect(seen.at(-1)!.unreadCount).toBe(first!.unreadCount + 1);
  await nora.notifications.markRead.mutate({ notificationId: items[0]!.id });
  await live.until((all) => all.at(-1)!.unreadCount === first!.unreadCount);
  const lastId = live.messages.at(-1)!.id;
  live.stop();
  await ben.tickets.reply.mutate({ ticketId, body: "Again" });
  const resumed = reading<News>((handlers) =>
    nora.notifications.onMine.subscribe({ lastEventId: lastId }, handlers),
  );
  const [caughtUp] = await resumed.until(({ length }) => length === 1);
  expect(caughtUp!.notifications).toHaveLength(1);
  resumed.stop();
});

test("who is at a ticket is told whenever that changes; its customer is told of nobody", async () => {
  const ticketId = await supportTicket();
  const live = reading<Present[]>((handlers) => ben.presence.onChange.subscribe({ ticketId }, handlers));
  const hers = reading<Present[]>((handlers) => nora.presence.onChange.subscribe({ ticketId }, handlers));
  await live.until(({ length }) => length === 1);
  // A stream tells what is, not each thing that was: the next change waits until the one before is seen.
  for (const activity of ["looking", "typing"] as const) {
    await yuki.presence.report.mutate({ ticketId, activity });
    await live.until((all) =>
      all.at(-1)!.some((present) => present.name === "Yuki Tanaka" && present.activity === activity),
    );
  }
  await yuki.presence.report.mutate({ ticketId, activity: "left" });
  await live.until((all) => all.at(-1)!.length === 0);
  expect((await hers.until(({ length }) => length === 1)).flat()).toEqual([]);
  live.stop();
  hers.stop();
});

test("a training session is followed by who trains its trainee, each event once", async () => {
  const { id: scenarioId } = (await ben.scenarios.list.query({})).items.find(({ isLocked }) => !isLocked)!;
  const session = await ben.sessions.start.mutate({ scenarioId });
  const live = reading<SessionChange>((handlers) =>
    petra.sessions.onChange.subscribe({ sessionId: session.id, lastEventId: "0" }, handlers),
  );
  await live.until(({ length }) => length === 1);
  await ben.sessions.say.mutate({ sessionId: session.id, text: "Hello, how can I help?" });
  await ben.sessions.abandon.mutate({ sessionId: session.id });
  const seen = await live.until((all) => all.at(-1)!.ending === "abandoned");
  const { events } = await petra.sessions.get.query({ sessionId: session.id });
  expect(seen.flatMap((message) => message.events.map(({ sequence }) => sequence))).toEqual(
    events.map(({ sequence }) => sequence),
  );
  live.stop();
});

test("a stream ends with its auth session, and one of another session goes on", async () => {
  const ticketId = await supportTicket();
  const other = server.client();
  const account = { organization: "demo", email: "ben@lumen.example", password: "Demo-pass-2026!" };
  const signedIn = await other.signIn(account).catch(() => null);
  expect(signedIn).not.toBeNull();
  const [gone, stays] = [ticketStream(other.api, ticketId), ticketStream(ben, ticketId)];
  await gone.until(({ length }) => length === 1);
  await stays.until(({ length }) => length === 1);
  await other.api.auth.signOut.mutate();
  expect(await gone.ended()).toBe("auth.required");
  await ben.tickets.reply.mutate({ ticketId, body: "Still here" });
  await stays.until((all) => all.flatMap(({ entries }) => entries).length === 1);
  stays.stop();
});

test("tokens stay out of addresses: a stream ticket opens one stream, once", async () => {
  const ticketId = await supportTicket();
  const { ticket } = await ben.auth.streamTicket.mutate();
  const open = async () => {
    const params = encodeURIComponent(JSON.stringify({ ticket }));
    const input = encodeURIComponent(JSON.stringify({ ticketId }));
    const response = await fetch(
      `${server.url}/trpc/tickets.onChange?input=${input}&connectionParams=${params}`,
      { headers: { accept: "text/event-stream" } },
    );
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let isOver = false; !isOver && !/"refusal"|"entries"/.test(text);) {
      const { value = "", done } = await reader.read();
      text += value;
      isOver = done;
    }
    await reader.cancel();
    return text;
  };
  expect(await open()).toContain(`"id":"${ticketId}"`);
  expect(await open()).toContain("auth.required");
});
