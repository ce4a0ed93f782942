import { type NotificationKind, kindsOfNotification, notificationKinds } from "@helpdesk/domain";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { MailDesk } from "./mail-desk.fixtures.ts";
import { headerOf } from "./sink.fixtures.ts";

const SOME_ID = "019b8d2b-8c00-7f3a-9d54-0b8a4f6c2e10";
const HOSTILE = 'Zoë "<b>x</b>" {{ticket.url}} [a](https://evil.example) @all https://evil.example';
const data = {
  name: "file.pdf",
  title: "The forgetful one",
  assignmentId: SOME_ID,
  webhookId: SOME_ID,
  reviewId: SOME_ID,
};

let desk: MailDesk;
let ticketId: string;
let noteId: string;
let replyId: string;

beforeAll(async () => {
  desk = await MailDesk.open();
  const [sofia, yuki] = [await desk.as("sofia"), await desk.as("yuki")];
  const ticket = await desk.open("tom", HOSTILE);
  ticketId = ticket.id;
  await sofia.tickets.setCc.mutate({ ticketId, add: [await desk.idOf("nora")] });
  // Somebody who has come to work here since they were put in copy.
  await desk.server.resources.sql`
    insert into ticket_cc (organization_id, ticket_id, user_id, created_at)
    select organization_id, ${ticketId}, id, ${desk.now()} from users where email = 'devon@lumen.example'`;
  noteId = SOME_ID;
  replyId = "019b8d2b-8c00-7f3a-9d54-0b8a4f6c2e11";
  await yuki.tickets.addNote.mutate({ ticketId, id: noteId, body: "SECRET of the staff" });
  await yuki.tickets.reply.mutate({ ticketId, id: replyId, body: "PUBLIC word" });
  // Each kind is wanted by everybody.
  const kinds = notificationKinds.map((kind) => ({ kind, channel: "email" as const, isEnabled: true }));
  for (const name of ["tom", "nora", "devon", "ben"])
    await (await desk.as(name)).notifications.setPreferences.mutate({ kinds });
});
afterAll(() => desk[Symbol.asyncDispose]());
afterEach(() => desk.clear());

const tellOf = (name: string, kind: NotificationKind, commentId?: string) =>
  desk.tell(name, { kind, ticketId, data, ...(commentId && { commentId }) });

describe.each(notificationKinds)("%s", (kind) => {
  test("is mailed to who works here, in words without gaps", async () => {
    await tellOf("ben", kind, replyId);
    await desk.sendAll();
    const [mail] = desk.sink.to("ben");
    expect(mail!.subject).toMatch(/\S/);
    const words = `${mail!.subject}\n${mail!.text}\n${mail!.html}`.replaceAll("{{ticket.url}}", "");
    expect(words).not.toMatch(/\{\{|\}\}|undefined|null|\[object/);
    expect(mail!.text).toContain(kindsOfNotification[kind].meaning);
    expect(headerOf(mail!, "list-unsubscribe")).toMatch(
      /^<https:\/\/help\.example\/api\/v1\/unsubscribe\?token=/,
    );
    expect(mail!.messageId).toMatch(/^<[\w.-]+@demo\.helpdesk\.localhost>$/);
  });

  test("with a note goes to nobody on the customer's side, whoever they are, and to who reads notes", async () => {
    // Devon works here, and is in copy.
    for (const name of ["tom", "nora", "devon", "ben"]) await tellOf(name, kind, noteId);
    await desk.sendAll();
    for (const name of ["tom", "nora", "devon"]) expect(desk.sink.to(name)).toEqual([]);
    expect(desk.sink.to("ben")).toHaveLength(1);
    expect(desk.sink.inbox.filter(({ to, raw }) => !to.startsWith("ben") && raw.includes("SECRET"))).toEqual(
      [],
    );
    for (const name of ["tom", "nora", "devon"]) await tellOf(name, kind, replyId);
    await desk.sendAll();
    for (const name of ["tom", "nora", "devon"]) expect(desk.sink.to(name)).toHaveLength(1);
  });
});

test("what was written is in the mail: the note to who reads notes, the reply to the customer", async () => {
  await tellOf("ben", "mention", noteId);
  await tellOf("tom", "comment_added", replyId);
  await desk.sendAll();
  expect(desk.sink.to("ben")[0]!.text).toContain("SECRET of the staff");
  expect(desk.sink.to("tom")[0]!.text).toContain("PUBLIC word");
});

test("a title means nothing but itself: neither markup, link, placeholder nor mention, in subject, text and HTML", async () => {
  await tellOf("ben", "ticket_assigned");
  await desk.sendAll();
  const [mail] = desk.sink.to("ben");
  expect(mail!.subject).toContain(HOSTILE);
  expect(mail!.text).toContain(HOSTILE);
  expect(mail!.html).not.toContain("<b>x</b>");
  expect(mail!.html).toContain("&lt;b&gt;x&lt;/b&gt;");
  expect(mail!.html).not.toContain('href="https://evil.example');
});

test("names with line breaks put nothing into the head of a mail", async () => {
  const { sql } = desk.server.resources;
  const rename = (id: string, name: string) => sql`update users set name = ${name} where id = ${id}`;
  const ben = await desk.idOf("ben");
  await rename(ben, 'Ben\r\nBcc: all@evil.example\r\n\r\n"<all@evil.example>');
  await sql`update tickets set title = ${"A\r\nBcc: all@evil.example"} where id = ${ticketId}`;
  await sql`update organizations set name = ${"Lumen\r\nX-Evil: yes"} where slug = 'demo'`;
  await desk.clear();
  await tellOf("ben", "ticket_assigned");
  await desk.sendAll();
  await rename(ben, "Ben Okafor");
  expect(desk.sink.inbox).toHaveLength(1);
  const [{ mail, to }] = desk.sink.inbox as [(typeof desk.sink.inbox)[number]];
  expect(to).toBe("ben@lumen.example");
  expect(mail.bcc).toBeUndefined();
  expect(headerOf(mail, "x-evil")).toBeUndefined();
  expect(mail.to!.map(({ address }) => address)).toEqual(["ben@lumen.example"]);
  expect(mail.subject).toBe(
    "[Lumen X-Evil: yes #" + `${/#(\d+)/.exec(mail.subject!)![1]}] A Bcc: all@evil.example`,
  );
});
