import { toEpochMs } from "@helpdesk/domain";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { MailDesk } from "./mail-desk.fixtures.ts";
import { openMailer } from "./mailer.ts";
import { MailSink } from "./sink.fixtures.ts";

let desk: MailDesk;

beforeAll(async () => {
  desk = await MailDesk.open();
});
afterAll(() => desk[Symbol.asyncDispose]());
afterEach(() => desk.clear());

const reply = async (bodies: string[]) => {
  const { id: ticketId } = await desk.open("tom");
  for (const body of bodies) await (await desk.as("yuki")).tickets.reply.mutate({ ticketId, body });
  return ticketId;
};
const mailsTo = async (ticketId: string) => (await desk.rows(ticketId)).filter(({ name }) => name === "tom");

test.each(["not_now", "hangs"] as const)(
  "a mail server that %s loses nothing: each mail arrives once when it is well again",
  async (manner) => {
    desk.sink.manner = manner;
    const ticketId = await reply(["One", "Two"]);
    const impatient = openMailer({ url: desk.sink.url, from: "help@desk.example", silenceMs: 300 });
    await desk.sendOnce(impatient);
    impatient.close();
    for (const row of await mailsTo(ticketId)) {
      expect(row).toMatchObject({ state: "due", attempts: 1, problem: expect.stringMatching(/\S/) });
      expect(toEpochMs(row.dueAt!)).toBeGreaterThan(toEpochMs(desk.now()));
    }
    expect(await desk.sendOnce()).toBe(0);
    desk.sink.manner = "takes";
    desk.later(20);
    await desk.sendAll();
    expect(desk.sink.to("tom").map(({ text }) => /One|Two/.exec(text!)![0])).toEqual(["One", "Two"]);
    expect((await mailsTo(ticketId)).map(({ state, problem }) => [state, problem])).toEqual([
      ["sent", null],
      ["sent", null],
    ]);
  },
);

test("a mail server that is not there, and comes back, loses nothing", async () => {
  const gone = await MailSink.open();
  const { url } = gone;
  await gone[Symbol.asyncDispose]();
  const mailer = openMailer({ url, from: "help@desk.example" });
  const ticketId = await reply(["One"]);
  await desk.sendOnce(mailer);
  expect(await mailsTo(ticketId)).toMatchObject(
    [{ state: "due", attempts: 1, problem: /ECONNREFUSED/ }].map((row) => ({
      ...row,
      problem: expect.stringMatching(row.problem),
    })),
  );
  await using back = await MailSink.open({ port: Number(new URL(url).port) });
  desk.later(20);
  await desk.sendOnce(mailer);
  mailer.close();
  expect(back.to("tom")).toHaveLength(1);
});

test("who does not exist for the mail server is tried once; those who run mails see why, and try again", async () => {
  const petra = await desk.as("petra");
  desk.sink.manner = "no_such_person";
  const ticketId = await reply(["One"]);
  await desk.sendAll();
  const [row] = await mailsTo(ticketId);
  expect(row).toMatchObject({ state: "failed", attempts: 1 });
  const listed = async () =>
    (await petra.mails.list.query({})).items.find(({ mailId }) => mailId === row!.id);
  expect(await listed()).toMatchObject({
    kind: "comment_added",
    person: { email: "tom@tallpines.example" },
    ticket: { id: ticketId },
    problem: expect.stringContaining("No such person here"),
    attempts: 1,
    nextAttemptAt: null,
  });
  desk.sink.manner = "takes";
  await petra.mails.retry.mutate({ mailId: row!.id });
  await desk.sendAll();
  expect(desk.sink.to("tom")).toHaveLength(1);
  expect(await listed()).toBeUndefined();
  await expect(petra.mails.retry.mutate({ mailId: row!.id })).rejects.toMatchObject({
    data: { refusal: { code: "mail.not_found" } },
  });
});

test("a mail is tried for a day, ever less often, then given up and shown", async () => {
  const petra = await desk.as("petra");
  desk.sink.manner = "not_now";
  const ticketId = await reply(["One"]);
  const startedMs = toEpochMs(desk.now());
  const pauses: number[] = [];
  for (;;) {
    await desk.sendAll();
    const [row] = await mailsTo(ticketId);
    if (row!.state === "failed") break;
    expect((await petra.mails.list.query({ state: "retrying" })).items).toContainEqual(
      expect.objectContaining({ mailId: row!.id, nextAttemptAt: row!.dueAt }),
    );
    pauses.push(Math.round((toEpochMs(row!.dueAt!) - toEpochMs(desk.now())) / 1_000));
    desk.later(pauses.at(-1)! + 1);
  }
  const hours = (toEpochMs(desk.now()) - startedMs) / 3_600_000;
  expect(hours).toBeGreaterThan(22);
  expect(hours).toBeLessThan(26);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  const { items } = await petra.mails.list.query({});
  expect(items[0]).toMatchObject({
    ticket: { id: ticketId },
    problem: expect.stringContaining("Try again later"),
  });
  expect((await petra.mails.list.query({ state: "retrying" })).items).toEqual([]);
});

test("many workers at once send each mail once", async () => {
  const names = ["tom", "nora", "amira", "lucas"];
  const ids: string[] = [];
  for (const name of names)
    for (let i = 0; i < 15; i++) ids.push(await desk.tell(name, { kind: "mention", data: { title: name } }));
  const mailers = [1, 2, 3].map(() => openMailer({ url: desk.sink.url, from: "help@desk.example" }));
  await Promise.all(
    mailers.map(async (mailer) => {
      for (let i = 0; i < 5; i++) await desk.sendOnce(mailer);
    }),
  );
  await desk.sendAll();
  for (const mailer of mailers) mailer.close();
  const arrived = desk.sink.inbox.map(({ mail }) => mail.messageId!);
  expect(arrived).toHaveLength(ids.length);
  expect(new Set(arrived).size).toBe(ids.length);
});
