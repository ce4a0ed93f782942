import { isRefusal } from "@helpdesk/client";
import { type NotificationChannel, notificationChannels, notificationKinds } from "@helpdesk/domain";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { MailDesk } from "../mail/mail-desk.fixtures.ts";
import { headerOf } from "../mail/sink.fixtures.ts";
import { Unsubscriptions } from "../mail/unsubscriptions.ts";

let desk: MailDesk;

beforeAll(async () => {
  desk = await MailDesk.open();
  // What only was played.
  await (await desk.as("ben")).notifications.markAllRead.mutate();
});
afterAll(() => desk[Symbol.asyncDispose]());

const reset = notificationKinds.flatMap((kind) =>
  notificationChannels.map((channel) => ({ kind, channel, isEnabled: null })),
);
afterEach(async () => {
  for (const name of ["ben", "tom"]) {
    const api = await desk.as(name);
    await api.notifications.setPreferences.mutate({ kinds: reset });
    await api.notifications.markAllRead.mutate();
  }
  await desk.clear();
});

const bell = async (name: string) => {
  const api = await desk.as(name);
  const [{ count }, { kinds }, { items }] = await Promise.all([
    api.notifications.unreadCount.query(),
    api.notifications.unreadByKind.query(),
    api.notifications.list.query({ unreadOnly: true }),
  ]);
  return { count, kinds, listed: items.map(({ kind }) => kind) };
};

describe.each(notificationKinds)("%s", (kind) => {
  test.each([
    { in_app: true, email: true },
    { in_app: true, email: false },
    { in_app: false, email: true },
    { in_app: false, email: false },
  ])(
    "is told by the channels that are wanted alone: %o",
    async (wanted: Record<NotificationChannel, boolean>) => {
      const ben = await desk.as("ben");
      const kinds = notificationChannels.map((channel) => ({ kind, channel, isEnabled: wanted[channel] }));
      await ben.notifications.setPreferences.mutate({ kinds });
      const webhook = { webhookId: kindId, name: "x", stop: "gone" };
      const data = { assignmentId: kindId, scenarioKey: "x", title: "x", reviewId: kindId, ...webhook };
      await desk.tell("ben", { kind, data });
      await desk.sendAll();
      expect(await bell("ben")).toEqual(
        wanted.in_app
          ? { count: 1, kinds: [{ kind, count: 1 }], listed: [kind] }
          : { count: 0, kinds: [], listed: [] },
      );
      expect(desk.sink.to("ben")).toHaveLength(wanted.email ? 1 : 0);
    },
  );
});

const kindId = "019b8d2b-8c00-7f3a-9d54-0b8a4f6c2e10";

test("the whole table is shown with what each kind does by itself: to a customer without what is told to staff alone", async () => {
  const told = async (name: string) => {
    const { kinds, digest } = await (await desk.as(name)).notifications.preferences.query();
    expect(digest).toMatchObject({ rhythm: "off", hour: 8, nextAt: null });
    expect(
      kinds.every(
        ({ inApp, email, meaning }) => inApp.isEnabled && inApp.isDefault && email.isDefault && meaning,
      ),
    ).toBe(true);
    return Object.fromEntries(kinds.map(({ kind, email, canWait }) => [kind, [email.isEnabled, canWait]]));
  };
  expect(Object.keys(await told("ben"))).toEqual(notificationKinds);
  expect(await told("ben")).toMatchObject({
    ticket_assigned: [true, true],
    mention: [true, false],
    sla_breached: [true, false],
    comment_added: [false, true],
    ticket_created: [false, true],
  });
  expect(await told("tom")).toEqual({
    ticket_created: [true, true],
    ticket_updated: [false, true],
    comment_added: [true, false],
    mention: [true, false],
    attachment_rejected: [true, true],
    ticket_received: [true, false],
  });
});

test("one's choice changes nobody else's, is named as such, and is given up by null", async () => {
  const ben = await desk.as("ben");
  const mention = async (api = ben) =>
    (await api.notifications.preferences.query()).kinds.find(({ kind }) => kind === "mention")!;
  const said = { kind: "mention", channel: "email" } as const;
  await ben.notifications.setPreferences.mutate({ kinds: [{ ...said, isEnabled: false }] });
  expect(await mention()).toMatchObject({
    email: { isEnabled: false, isDefault: false },
    inApp: { isDefault: true },
  });
  expect((await mention(await desk.as("yuki"))).email).toEqual({ isEnabled: true, isDefault: true });
  const { kinds } = await ben.notifications.setPreferences.mutate({ kinds: [{ ...said, isEnabled: null }] });
  expect(kinds.find(({ kind }) => kind === "mention")!.email).toEqual({ isEnabled: true, isDefault: true });
  const twice = ben.notifications.setPreferences.mutate({
    kinds: [
      { ...said, isEnabled: true },
      { ...said, isEnabled: false },
    ],
  });
  await expect(twice.catch((error) => isRefusal(error) && error.data.refusal.code)).resolves.toBe(
    "input.invalid",
  );
});

test("whoever works here is mailed replies on a ticket of their own as any customer is", async () => {
  const { id: ticketId } = await desk.open("ben");
  await desk.clear();
  await (await desk.as("yuki")).tickets.reply.mutate({ ticketId, body: "For you." });
  await desk.sendAll();
  expect(desk.sink.to("ben")).toHaveLength(1);
});

test("one, those of a ticket, or all are marked as read, and one as not read again", async () => {
  const ben = await desk.as("ben");
  const [one, two] = [await desk.open("tom", "One"), await desk.open("tom", "Two")];
  expect((await bell("ben")).count).toBe(2);
  expect(await ben.notifications.markTicketRead.mutate({ ticketId: one.id })).toEqual({ count: 1 });
  expect(await ben.notifications.markTicketRead.mutate({ ticketId: one.id })).toEqual({ count: 0 });
  const { items } = await ben.notifications.list.query({ unreadOnly: true });
  expect(items.map(({ ticket }) => ticket!.id)).toEqual([two.id]);
  const notificationId = items[0]!.id;
  await ben.notifications.markRead.mutate({ notificationId });
  expect((await bell("ben")).count).toBe(0);
  await ben.notifications.markUnread.mutate({ notificationId });
  expect(await bell("ben")).toMatchObject({ count: 1, kinds: [{ kind: "ticket_created", count: 1 }] });
  const theirs = (await desk.as("yuki")).notifications.markUnread.mutate({ notificationId });
  await expect(theirs).rejects.toMatchObject({ data: { refusal: { code: "notification.not_found" } } });
  expect(await ben.notifications.markAllRead.mutate()).toEqual({ count: 1 });
});

test("the stream leaves out what is not wanted, and tells the rest", async () => {
  const ben = await desk.as("ben");
  await ben.notifications.setPreferences.mutate({
    kinds: [{ kind: "ticket_created", channel: "in_app", isEnabled: false }],
  });
  const counts: number[] = [];
  const told: string[] = [];
  const act = async () => {
    const { id: ticketId, version } = await desk.open("tom");
    const assigneeId = await desk.idOf("ben");
    await (await desk.as("sofia")).tickets.assign.mutate({ ticketId, version, assigneeId });
  };
  const stream = ben.notifications.onMine.subscribe(
    {},
    {
      onData: ({ data }) => {
        counts.push(data.unreadCount);
        told.push(...data.notifications.map(({ kind }) => kind));
        if (counts.length === 1) void act();
      },
    },
  );
  await vi.waitUntil(() => told.length > 0);
  stream.unsubscribe();
  expect({ counts, told }).toEqual({ counts: [0, 1], told: ["ticket_assigned"] });
});

describe("a mail's link to have no more such mails", () => {
  const unsubscribeUrl = async (): Promise<URL> => {
    await desk.tell("ben", { kind: "mention" });
    await desk.sendAll();
    const [url] = /https:[^>]+/.exec(headerOf(desk.sink.to("ben").at(-1)!, "list-unsubscribe")!)!;
    return new URL(url);
  };
  const local = ({ pathname, search }: URL) => `${desk.server.url}${pathname}${search}`;
  const mailed = async () => {
    const { kinds } = await (await desk.as("ben")).notifications.preferences.query();
    return kinds.filter(({ email }) => email.isEnabled).map(({ kind }) => kind);
  };

  test("switches off that kind at one click, for that person alone, and looking at it does nothing", async () => {
    const url = local(await unsubscribeUrl());
    const looked = await fetch(url);
    expect({ status: looked.status, type: looked.headers.get("content-type") }).toEqual({
      status: 200,
      type: "text/html; charset=utf-8",
    });
    expect(await mailed()).toContain("mention");
    const before = await mailed();
    const clicked = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    });
    expect(clicked.status).toBe(200);
    expect(await mailed()).toEqual(before.filter((kind) => kind !== "mention"));
    await desk.tell("ben", { kind: "mention" });
    await desk.tell("yuki", { kind: "mention" });
    desk.sink.inbox = [];
    await desk.sendAll();
    expect(desk.sink.inbox.map(({ to }) => to)).toEqual(["yuki@lumen.example"]);
  });

  test("as a form with parts does the same; one that is not ours does nothing", async () => {
    const url = local(await unsubscribeUrl());
    const token = new URL(url).searchParams.get("token")!;
    const others = new Unsubscriptions({ AUTH_SECRET: "another secret of more than 32 characters" });
    const forged = others.tokenOf(new Unsubscriptions(desk.server.resources.env).read(token)!);
    for (const wrong of [forged, token.replace("mention", "sla_breached"), `${token}x`, "", "x"]) {
      const answer = await fetch(url.replace(token, wrong), { method: "POST" });
      expect({ wrong, status: answer.status }).toEqual({ wrong, status: 400 });
    }
    expect(await mailed()).toContain("mention");
    const form = new FormData();
    form.set("List-Unsubscribe", "One-Click");
    expect((await fetch(url, { method: "POST", body: form })).status).toBe(200);
    expect(await mailed()).not.toContain("mention");
  });

  test("of a digest switches off all that comes in digests", async () => {
    const { env } = desk.server.resources;
    const { id: organizationId } = await (await desk.as("ben")).organization.get.query();
    const unsubscription = { organizationId, userId: await desk.idOf("ben"), what: "digest" as const };
    const token = new Unsubscriptions(env).tokenOf(unsubscription);
    const url = `${desk.server.url}/api/v1/unsubscribe?token=${token}`;
    expect((await fetch(url, { method: "POST" })).status).toBe(200);
    const left = ["sla_breached", "sla_escalated", "mention", "webhook_stopped", "ticket_received"];
    expect(await mailed()).toEqual(left);
  });
});
