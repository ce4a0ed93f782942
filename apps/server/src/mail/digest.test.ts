import { toEpochMs } from "@helpdesk/domain";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { MailDesk } from "./mail-desk.fixtures.ts";
import { openMailer } from "./mailer.ts";

const HOUR = 3_600;

let desk: MailDesk;

beforeAll(async () => {
  desk = await MailDesk.open();
});
afterAll(() => desk[Symbol.asyncDispose]());
afterEach(async () => {
  const ben = await desk.as("ben");
  await ben.notifications.setPreferences.mutate({ digest: { rhythm: "off" } });
  await desk.clear();
});

const daily = async (hour: number) =>
  (await desk.as("ben")).notifications.setPreferences.mutate({ digest: { rhythm: "daily", hour } });

/** Puts the clock so long before an instant, or after it. */
const goTo = (instant: string, offsetSeconds: number) =>
  desk.later((toEpochMs(instant) - toEpochMs(desk.now())) / 1_000 + offsetSeconds);

test("what can wait comes together at the hour of the person's own day, and not before", async () => {
  const { sql } = desk.server.resources;
  await sql`update users set time_zone = 'Asia/Kathmandu' where email = 'ben@lumen.example'`;
  const { digest } = await daily(7);
  expect(digest).toMatchObject({ rhythm: "daily", hour: 7, timeZone: "Asia/Kathmandu" });
  expect(digest.nextAt!.slice(11)).toBe("01:15:00.000Z");
  const { id: ticketId, number } = await desk.open("tom", "First <thing>");
  await desk.clear();
  await desk.tell("ben", { kind: "ticket_assigned", ticketId });
  await desk.tell("ben", { kind: "review_written", ticketId });
  await desk.sendAll();
  goTo(digest.nextAt!, -2);
  await desk.sendAll();
  expect(desk.sink.to("ben")).toEqual([]);
  goTo(digest.nextAt!, 1);
  await desk.sendAll();
  const [mail, ...more] = desk.sink.to("ben");
  expect(more).toEqual([]);
  expect(mail!.subject).toBe("What is new at Lumen Software");
  expect(mail!.text).toContain(
    `- #${number} First <thing>: Given to you\n  https://help.example/tickets/${number}`,
  );
  expect(mail!.text).toContain(": Reviewed by Ben");
  expect(mail!.html).toContain("First &lt;thing&gt;: Given to you");
  expect(mail!.replyTo).toBeUndefined();
  expect((await desk.rows(ticketId)).filter(({ name, state }) => name === "ben" && state === "due")).toEqual(
    [],
  );
});

test("breaches, mentions and replies to customers never wait", async () => {
  await daily(7);
  const tom = await desk.as("tom");
  await tom.notifications.setPreferences.mutate({ digest: { rhythm: "daily", hour: 7 } });
  const { id: ticketId } = await desk.open("tom");
  await desk.clear();
  for (const kind of ["sla_breached", "sla_escalated", "mention", "ticket_assigned"] as const)
    await desk.tell("ben", { kind, ticketId });
  await (await desk.as("yuki")).tickets.reply.mutate({ ticketId, body: "Now." });
  await desk.sendAll();
  await tom.notifications.setPreferences.mutate({ digest: { rhythm: "off" } });
  expect(desk.sink.to("tom")).toHaveLength(1);
  expect(desk.sink.to("ben")).toHaveLength(3);
});

test("what was read meanwhile is left out, and with nothing left there is no mail", async () => {
  const ben = await desk.as("ben");
  const { digest } = await daily(7);
  const { id: ticketId } = await desk.open("tom");
  const { id: otherId } = await desk.open("tom", "The other one");
  await desk.clear();
  for (const id of [ticketId, otherId]) await desk.tell("ben", { kind: "ticket_assigned", ticketId: id });
  await desk.sendAll();
  await ben.notifications.markTicketRead.mutate({ ticketId });
  goTo(digest.nextAt!, 1);
  await desk.sendAll();
  const [mail] = desk.sink.to("ben");
  expect(mail!.text).toContain("The other one");
  expect(mail!.text).not.toContain("The printer burns");
  await desk.tell("ben", { kind: "ticket_assigned", ticketId });
  await ben.notifications.markAllRead.mutate();
  desk.sink.inbox = [];
  desk.later(25 * HOUR);
  await desk.sendAll();
  expect(desk.sink.inbox).toEqual([]);
});

test("however much there is, it is one mail", async () => {
  const { digest } = await daily(7);
  await desk.clear();
  for (let i = 0; i < 120; i++) await desk.tell("ben", { kind: "ticket_assigned" });
  await desk.sendAll();
  goTo(digest.nextAt!, 1);
  await desk.sendAll();
  const [mail, ...more] = desk.sink.to("ben");
  expect(more).toEqual([]);
  expect(mail!.text!.split("Given to you")).toHaveLength(121);
});

test("switched off, what waits is sent at once, each by itself", async () => {
  const ben = await desk.as("ben");
  await daily(7);
  const { id: ticketId } = await desk.open("tom");
  await desk.clear();
  for (const kind of ["ticket_assigned", "review_written"] as const)
    await desk.tell("ben", { kind, ticketId });
  await desk.sendAll();
  expect(desk.sink.inbox).toEqual([]);
  await ben.notifications.setPreferences.mutate({ digest: { rhythm: "off" } });
  await desk.sendAll();
  expect(desk.sink.to("ben")).toHaveLength(2);
});

test("many workers at once send one digest, on failure the same one again", async () => {
  const ben = await desk.as("ben");
  const { digest } = await ben.notifications.setPreferences.mutate({ digest: { rhythm: "hourly" } });
  await desk.clear();
  for (let i = 0; i < 12; i++) await desk.tell("ben", { kind: "ticket_assigned" });
  goTo(digest.nextAt!, 1);
  const mailers = [1, 2, 3].map(() => openMailer({ url: desk.sink.url, from: "help@desk.example" }));
  desk.sink.manner = "not_now";
  await Promise.all(mailers.map((mailer) => desk.sendOnce(mailer)));
  desk.sink.manner = "takes";
  desk.later(20);
  await Promise.all(mailers.map((mailer) => desk.sendOnce(mailer)));
  for (const mailer of mailers) mailer.close();
  expect(desk.sink.to("ben")).toHaveLength(1);
  expect(desk.sink.to("ben")[0]!.text!.split("Given to you")).toHaveLength(13);
});
