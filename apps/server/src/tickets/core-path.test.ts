import { type HelpdeskApi, isRefusal, type RouterOutputs } from "@helpdesk/client";
import { type Instant, compileCalendar, dueAt } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const NOTE = "Between us: the importer reads the page size of the preview.";

let server: TestServer;
let nora: HelpdeskApi,
  tom: HelpdeskApi,
  ben: HelpdeskApi,
  carla: HelpdeskApi,
  petra: HelpdeskApi,
  yuki: HelpdeskApi;

/** Sets the one clock that server and clients read. */
const at = (instant: Instant) => vi.setSystemTime(instant);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-05-22T13:00:00.000Z") });
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [nora, tom, ben, carla, petra, yuki] = await Promise.all([
    api("nora"),
    api("tom"),
    api("ben"),
    api("carla"),
    api("petra"),
    api("yuki"),
  ]);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

type Ticket = RouterOutputs["tickets"]["open"];

/** Whit Monday, the 25th, lies between the opening on Friday afternoon and the answer on Tuesday. */
const OPENED = "2026-05-22T14:00:00.000Z";
const WAITING = "2026-05-22T14:30:00.000Z";
const ANSWERED = "2026-05-26T09:00:00.000Z";
const berlin = compileCalendar({
  timeZone: "Europe/Berlin",
  hours: Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:00"]]])),
  holidays: ["2026-05-25"],
});

let ticket: Ticket;
const seenByCustomers: unknown[] = [];

/** The whole story of one ticket; each test below reads what came of it. */
beforeAll(async () => {
  at(OPENED);
  const departments = await nora.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  ticket = await nora.tickets.open.mutate({
    title: "Till export stops at 500 rows",
    description: "Every afternoon is missing.",
    priority: "high",
    departmentId,
  });
  seenByCustomers.push(ticket);
});

const ticketId = () => ticket.id;

test("the job of a help desk: opened, found, taken, noted, answered, waited for, resolved and closed", async () => {
  expect(ticket).toMatchObject({
    status: "open",
    priority: "high",
    version: 1,
    assignee: null,
    createdAt: OPENED,
  });
  expect(ticket.customer.name).toBe("Nora Fischer");
  expect(ticket.firstResponseDueAt).toBe("2026-05-22T15:00:00.000Z");
  expect(ticket.resolutionDueAt).toBe("2026-05-26T14:00:00.000Z");

  at("2026-05-22T14:10:00.000Z");
  const queue = await ben.tickets.list.query({ isOpen: true, assignees: ["none"] });
  expect(queue.items[0]).toMatchObject({
    id: ticketId(),
    number: ticket.number,
    department: { name: "Technical support" },
  });
  const foreignQueue = await carla.tickets.list.query({});
  expect(foreignQueue.items.map(({ id }) => id)).not.toContain(ticketId());
  const taken = await ben.tickets.take.mutate({ ticketId: ticketId() });
  expect(taken).toMatchObject({ assignee: { name: "Ben Okafor" }, version: 2 });
  expect(taken.allowed).toContain("in_progress");
  at("2026-05-22T14:12:00.000Z");
  await ben.tickets.setStatus.mutate({ ticketId: ticketId(), status: "in_progress", version: taken.version });
  at("2026-05-22T14:15:00.000Z");
  await ben.tickets.addNote.mutate({ ticketId: ticketId(), body: NOTE });
  at("2026-05-22T14:20:00.000Z");
  const replied = await ben.tickets.reply.mutate({ ticketId: ticketId(), body: "Which version do you use?" });
  expect(replied).toMatchObject({
    firstRespondedAt: "2026-05-22T14:20:00.000Z",
    firstResponseDueAt: null,
    isFirstResponseBreached: false,
    version: 3,
  });

  at(WAITING);
  const waiting = await ben.tickets.setStatus.mutate({ ticketId: ticketId(), status: "waiting", version: 3 });
  expect(waiting).toMatchObject({ status: "waiting", resolutionDueAt: null, isResolutionBreached: false });

  at(ANSWERED);
  const answered = await nora.tickets.reply.mutate({ ticketId: ticketId(), body: "The newest one." });
  seenByCustomers.push(answered);
  expect(answered).toMatchObject({ status: "in_progress", version: 5 });
  expect(answered.resolutionDueAt).toBe(dueAt(berlin, OPENED, 8 * 3600, [{ from: WAITING, to: ANSWERED }]));
  expect(answered.resolutionDueAt).toBe("2026-05-27T08:30:00.000Z");

  at("2026-05-26T10:00:00.000Z");
  const resolved = await ben.tickets.setStatus.mutate({
    ticketId: ticketId(),
    status: "resolved",
    version: 5,
  });
  expect(resolved).toMatchObject({
    status: "resolved",
    resolvedAt: "2026-05-26T10:00:00.000Z",
    resolutionDueAt: null,
  });
  at("2026-05-26T10:05:00.000Z");
  const closed = await petra.tickets.setStatus.mutate({ ticketId: ticketId(), status: "closed", version: 6 });
  expect(closed).toMatchObject({
    status: "closed",
    closedAt: "2026-05-26T10:05:00.000Z",
    version: 7,
    allowed: [],
  });
});

test("closed is final for everybody", async () => {
  const late = { ticketId: ticketId(), body: "One more thing." };
  for (const api of [nora, ben, petra]) {
    await expect(api.tickets.reply.mutate(late)).rejects.toSatisfy((error) =>
      isRefusal(error, "ticket.closed"),
    );
  }
  await expect(
    petra.tickets.setStatus.mutate({ ticketId: ticketId(), status: "open", version: 7 }),
  ).rejects.toSatisfy((error) => isRefusal(error, "ticket.closed"));
});

const story = (entries: RouterOutputs["tickets"]["get"]["timeline"]) =>
  entries.map(({ kind, at: when, actor, changes, comment }) => {
    const change = Object.entries(changes).map(
      ([field, { from, to }]) => `${field}: ${from?.label ?? "-"} > ${to?.label ?? "-"}`,
    );
    const text = comment ? `${comment.visibility}: ${comment.body}` : change.join(", ");
    return `${when.slice(8, 16)} ${actor?.name} ${kind} ${text}`;
  });

test("the history says who did what, when, from what to what", async () => {
  const read = await ben.tickets.get.query({ ticketId: ticketId() });
  expect(story(read.timeline)).toEqual([
    "22T14:00 Nora Fischer ticket_opened status: - > Open, priority: - > high, department: - > Technical support",
    "22T14:10 Ben Okafor assignee_changed assignee: - > Ben Okafor",
    "22T14:12 Ben Okafor status_changed status: Open > In progress",
    `22T14:15 Ben Okafor note_added internal: ${NOTE}`,
    "22T14:20 Ben Okafor reply_added public: Which version do you use?",
    "22T14:30 Ben Okafor status_changed status: In progress > Waiting for customer",
    "26T09:00 Nora Fischer reply_added public: The newest one.",
    "26T09:00 Nora Fischer status_changed status: Waiting for customer > In progress",
    "26T10:00 Ben Okafor status_changed status: In progress > Resolved",
    "26T10:05 Petra Vogel status_changed status: Resolved > Closed",
  ]);
  expect(read.timelineCursor).toBeNull();
  expect(read.clocks.map(({ metric, state, isBreached }) => ({ metric, state, isBreached }))).toEqual([
    { metric: "first_response", state: "satisfied", isBreached: false },
    // The customer's last word ended with the resolution.
    { metric: "next_response", state: "cancelled", isBreached: false },
    { metric: "resolution", state: "satisfied", isBreached: false },
  ]);
});

test("the customer reads the public part of it", async () => {
  const read = await nora.tickets.get.query({ ticketId: ticketId() });
  const all = story((await ben.tickets.get.query({ ticketId: ticketId() })).timeline);
  const isPublic = (line: string) => / (ticket_opened|reply_added|status_changed) /.test(line);
  expect(story(read.timeline)).toEqual(all.filter(isPublic));
  expect(story(read.timeline)).toHaveLength(8);
  expect(read.description).toBe("Every afternoon is missing.");
});

test("an internal note is nowhere in anything a customer is answered", async () => {
  seenByCustomers.push(
    await nora.tickets.get.query({ ticketId: ticketId() }),
    await nora.tickets.timeline.query({ ticketId: ticketId() }),
    await nora.tickets.list.query({ limit: 100 }),
    await nora.notifications.list.query({ limit: 100 }),
    await tom.tickets.list.query({ limit: 100 }),
    await tom.notifications.list.query({ limit: 100 }),
  );
  const forCustomers = JSON.stringify(seenByCustomers);
  expect(forCustomers).not.toContain("importer reads");
  expect(forCustomers).not.toContain("note_added");
  expect(forCustomers).not.toContain('"internal"');
  expect(forCustomers).toContain("Which version do you use?");
  const forBen = JSON.stringify(await ben.tickets.get.query({ ticketId: ticketId() }));
  expect(forBen).toContain(NOTE);
});

test("everybody whom it concerns was told, nobody of their own acts", async () => {
  const told = async (api: HelpdeskApi) => {
    const { items } = await api.notifications.list.query({ limit: 100 });
    return items
      .filter((item) => item.ticket?.id === ticketId())
      .map(
        ({ kind, actor, createdAt, readAt }) =>
          `${createdAt.slice(8, 16)} ${kind} by ${actor?.name}${readAt ? ", read" : ""}`,
      );
  };
  expect(await told(nora)).toEqual([
    "26T10:05 ticket_updated by Petra Vogel",
    "26T10:00 ticket_updated by Ben Okafor",
    "22T14:30 ticket_updated by Ben Okafor",
    "22T14:20 comment_added by Ben Okafor",
    "22T14:12 ticket_updated by Ben Okafor",
  ]);
  expect(await told(ben)).toEqual([
    "26T10:05 ticket_updated by Petra Vogel",
    "26T09:00 comment_added by Nora Fischer",
    "22T14:00 ticket_created by Nora Fischer",
  ]);
  expect(await told(yuki)).toEqual(["22T14:00 ticket_created by Nora Fischer"]);
  expect(await told(petra)).toEqual(["22T14:00 ticket_created by Nora Fischer"]);
  expect(await told(carla)).toEqual([]);
  expect(await told(tom)).toEqual([]);
});

test("what is read is counted as read, once and for oneself only", async () => {
  const { items } = await nora.notifications.list.query({ unreadOnly: true });
  const { count } = await nora.notifications.unreadCount.query();
  expect(items).toHaveLength(count);
  at("2026-05-26T11:00:00.000Z");
  const first = await nora.notifications.markRead.mutate({ notificationId: items[0]!.id });
  at("2026-05-26T12:00:00.000Z");
  await expect(nora.notifications.markRead.mutate({ notificationId: items[0]!.id })).resolves.toEqual(first);
  await expect(ben.notifications.markRead.mutate({ notificationId: items[1]!.id })).rejects.toSatisfy(
    (error) => isRefusal(error, "notification.not_found"),
  );
  await expect(nora.notifications.unreadCount.query()).resolves.toEqual({ count: count - 1 });
  await expect(nora.notifications.markAllRead.mutate()).resolves.toEqual({ count: count - 1 });
  await expect(nora.notifications.unreadCount.query()).resolves.toEqual({ count: 0 });
});

test("a long timeline is read to its beginning, each entry once, by those who see notes and by the customer", async () => {
  at("2026-05-27T09:00:00.000Z");
  const { id } = await nora.tickets.open.mutate({ title: "A long one", description: "" });
  for (let i = 0; i < 60; i++) {
    await ben.tickets.addNote.mutate({ ticketId: id, body: `${NOTE} ${i}` });
    await ben.tickets.reply.mutate({ ticketId: id, body: `Reply ${i}` });
    await nora.tickets.reply.mutate({ ticketId: id, body: `Answer ${i}` });
  }
  const walk = async (api: HelpdeskApi) => {
    const { timeline, timelineCursor } = await api.tickets.get.query({ ticketId: id });
    const texts = timeline.map(({ comment }) => comment?.body);
    for (let cursor = timelineCursor; cursor !== null;) {
      const page = await api.tickets.timeline.query({ ticketId: id, cursor });
      texts.unshift(...page.items.map(({ comment }) => comment?.body));
      cursor = page.nextCursor;
    }
    return texts;
  };
  const rounds = (...texts: string[]) =>
    Array.from({ length: 60 }, (_, i) => texts.map((text) => `${text} ${i}`)).flat();
  expect(await walk(ben)).toEqual([undefined, ...rounds(NOTE, "Reply", "Answer")]);
  expect(await walk(nora)).toEqual([undefined, ...rounds("Reply", "Answer")]);
});
