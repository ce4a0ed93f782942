import { acknowledgedPerHour } from "@helpdesk/domain";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Mailer, openMailer } from "../mail/mailer.ts";
import { sendDueMails } from "../mail/send-due.ts";
import { MailSink } from "../mail/sink.fixtures.ts";
import { MailInDesk, plainMail } from "./mail-in.fixtures.ts";

let desk: MailInDesk;
let sink: MailSink;
let mailer: Mailer;

beforeAll(async () => {
  sink = await MailSink.open();
  desk = await MailInDesk.open({ env: { SMTP_URL: sink.url, MAIL_DELAY_SECONDS: "0" } });
  mailer = openMailer({ url: sink.url, from: desk.server.resources.env.MAIL_FROM });
});
afterAll(async () => {
  mailer.close();
  await desk[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});
beforeEach(() => {
  sink.inbox = [];
});

/** What is mailed to an address after all that has come was taken. */
async function mailedTo(address: string) {
  while ((await sendDueMails({ ...desk.server.resources, mailer })) > 0);
  return sink.inbox.filter(({ to }) => to.includes(address));
}

const write = (from: string, headers: Record<string, string> = {}, text = "The lamp is dark.") =>
  desk.arrive({ to: desk.support() }, plainMail({ From: from, ...headers }, text));

describe("whoever opens a ticket by mail", () => {
  test("gets one mail that says so, on the thread of their own, whose answer goes on with the ticket", async () => {
    const [from, own] = ["ann@mail.example", "<mine@mail.example>"];
    const row = await write(from, { "Message-ID": own });
    const mails = await mailedTo(from);
    expect(mails).toHaveLength(1);
    const { mail } = mails[0]!;
    const sofia = (await desk.server.as("sofia")).api;
    const { number } = await sofia.tickets.get.query({ ticketId: row.ticketId! });
    expect(mail.subject).toContain(`#${number}`);
    expect(mail.inReplyTo).toBe(own);
    const answer = await desk.arrive(
      { from, to: mail.replyTo![0]!.address! },
      plainMail({ From: from, "In-Reply-To": mail.messageId! }, "And the other one."),
    );
    expect(answer).toMatchObject({ state: "replied", ticketId: row.ticketId, isProven: true });
    expect(await mailedTo(from)).toHaveLength(1);
  });

  test("is sent nothing of what was written in their name", async () => {
    const from = '"Buy pills at evil.example" <victim@mail.example>';
    await write(from, { Subject: "Pills, pills" }, "More pills.");
    const [mail, ...others] = await mailedTo("victim@mail.example");
    expect(others).toEqual([]);
    const all = `${mail!.raw}${JSON.stringify(mail!.mail)}`;
    expect(all).toContain("We have got your mail");
    expect(all).not.toMatch(/pills|evil/i);
  });

  test("hears of the first few in an hour only, and of later ones again after it", async () => {
    const from = "often@mail.example";
    for (let sent = 0; sent < acknowledgedPerHour + 2; sent++)
      expect((await write(from)).state).toBe("opened");
    expect(await mailedTo(from)).toHaveLength(acknowledgedPerHour);
    desk.later(3_700);
    await write(from);
    expect(await mailedTo(from)).toHaveLength(acknowledgedPerHour + 1);
  });

  test("hears nothing where their mail asks machines to be silent, or the organization is", async () => {
    const from = "silent@mail.example";
    expect((await write(from, { "X-Auto-Response-Suppress": "All" })).state).toBe("opened");
    const { organization } = (await desk.server.as("sofia")).api;
    const { version } = await organization.get.query();
    await organization.update.mutate({ version, acknowledgesMail: false });
    expect((await write(from)).state).toBe("opened");
    expect(await mailedTo(from)).toEqual([]);
    await organization.update.mutate({ version: version + 1, acknowledgesMail: true });
    await write(from);
    expect(await mailedTo(from)).toHaveLength(1);
  });
});
