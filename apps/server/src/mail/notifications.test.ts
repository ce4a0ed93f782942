import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PNG, Sender } from "../attachments/upload.fixtures.ts";
import { MailAddresses } from "./addresses.ts";
import { REPLY_MARKER } from "./layout.ts";
import { MailDesk } from "./mail-desk.fixtures.ts";
import { headerOf } from "./sink.fixtures.ts";

let desk: MailDesk;

beforeAll(async () => {
  desk = await MailDesk.open();
});
afterAll(() => desk[Symbol.asyncDispose]());
afterEach(() => desk.clear());

const namesOf = () => desk.sink.inbox.map(({ to }) => to.slice(0, to.indexOf("@"))).toSorted();

test("what only was played is mailed to nobody", async () => {
  expect((await desk.rows()).length).toBeGreaterThan(0);
  expect(await desk.sendOnce()).toBe(0);
});

describe("a public reply", () => {
  test("is mailed to the customer and those in copy, with its text, and each can answer for themselves alone", async () => {
    const [sofia, yuki] = [await desk.as("sofia"), await desk.as("yuki")];
    const { id: ticketId, number } = await desk.open("tom");
    await sofia.tickets.setCc.mutate({ ticketId, add: [await desk.idOf("nora")] });
    await desk.clear();
    await yuki.tickets.reply.mutate({ ticketId, body: "We have **water**.\n\n<script>x</script>" });
    await desk.sendAll();
    expect(namesOf()).toEqual(["nora", "tom"]);
    const addresses = new MailAddresses(desk.server.resources.env);
    const { id: organizationId } = await sofia.organization.get.query();
    for (const name of ["tom", "nora"]) {
      const mail = desk.sink.to(name)[0]!;
      expect(mail.subject).toBe(`[Lumen Software #${number}] The printer burns`);
      expect(mail.from).toMatchObject({ name: "Lumen Software" });
      expect(mail.html).toContain("<strong>water</strong>");
      expect(mail.html).not.toContain("<script>");
      expect(mail.text).toContain("We have **water**.");
      expect(mail.text).toContain(`https://help.example/tickets/${number}`);
      expect(mail.text!.startsWith(REPLY_MARKER)).toBe(true);
      expect(headerOf(mail, "auto-submitted")).toBe("auto-generated");
      expect(headerOf(mail, "x-loop")).toBe("demo.helpdesk.localhost");
      expect(headerOf(mail, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
      const reply = addresses.readAddress(mail.replyTo![0]!.address!)!;
      expect(reply).toMatchObject({ number, slug: "demo" });
      for (const other of ["tom", "nora"]) {
        const of = { organizationId, ticketId, userId: await desk.idOf(other) };
        expect(addresses.verifies(reply.signature, of)).toBe(other === name);
        expect(addresses.verifies(addresses.readMessageId(mail.messageId!)!.signature, of)).toBe(
          other === name,
        );
      }
    }
  });

  test("goes on the thread of those before it", async () => {
    const yuki = await desk.as("yuki");
    const { id: ticketId } = await desk.open("tom", "A thread");
    for (const body of ["One", "Two"]) await yuki.tickets.reply.mutate({ ticketId, body });
    await desk.sendAll();
    await yuki.tickets.reply.mutate({ ticketId, body: "Three" });
    await desk.sendAll();
    const [one, two, three] = desk.sink.to("tom");
    const texts = [one, two, three].map((mail) => /One|Two|Three/.exec(mail!.text!)![0]);
    expect(texts).toEqual(["One", "Two", "Three"]);
    expect(one!.inReplyTo).toBeUndefined();
    expect(two!.inReplyTo).toBe(one!.messageId);
    expect(three!.inReplyTo).toBe(two!.messageId);
    expect(three!.references).toBe(`${one!.messageId} ${two!.messageId}`);
  });

  test("answers what its reader wrote by mail, whatever their program called it", async () => {
    const { sql, runtime } = desk.server.resources;
    const { id: ticketId } = await desk.open("tom", "By mail");
    const wrote = async (messageId: string) => {
      desk.later(1);
      await sql`
        insert into inbound_mails (organization_id, id, sha256, size_bytes, storage_key, envelope, state, due_at,
          received_at, message_id, user_id, ticket_id)
        select organization_id, ${runtime.newId()}, encode(sha256(${Buffer.from(messageId)}), 'hex'), 1, 'x', '{}',
          'opened', ${desk.now()}, ${desk.now()}, ${messageId}, customer_id, id from tickets where id = ${ticketId}`;
    };
    await wrote("<first@tallpines.example>");
    await wrote("<evil@tallpines.example>\r\nBcc: all@evil.example");
    await (await desk.as("yuki")).tickets.reply.mutate({ ticketId, body: "Thank you." });
    await desk.sendAll();
    const [mail] = desk.sink.to("tom");
    expect(mail!.inReplyTo).toBe("<first@tallpines.example>");
    expect(mail!.references).toBe("<first@tallpines.example>");
    expect(mail!.bcc).toBeUndefined();
  });

  test("has links to its files, and the mail none of them", async () => {
    const yuki = await desk.as("yuki");
    const { id: ticketId, number } = await desk.open("tom");
    const file = await (await Sender.named(desk.server, "yuki")).id(PNG, { name: "dot.png", ticketId });
    await yuki.tickets.reply.mutate({ ticketId, body: "See the dot.", attachmentIds: [file] });
    await desk.sendAll();
    const [mail] = desk.sink.to("tom");
    const link = `https://help.example/tickets/${number}/attachments/${file}`;
    expect(mail!.html).toContain(`<a href="${link}">dot.png</a>`);
    expect(mail!.text).toContain(`- dot.png: ${link}`);
    expect(mail!.attachments).toEqual([]);
  });
});

test("what was written among colleagues stands on no thread, so that no answer to it comes before the customer", async () => {
  const [ben, yuki] = [await desk.as("ben"), await desk.as("yuki")];
  const kinds = [{ kind: "comment_added" as const, channel: "email" as const, isEnabled: true }];
  await ben.notifications.setPreferences.mutate({ kinds });
  const { id: ticketId } = await desk.open("tom", "Among us");
  const [noteId, replyId] = [desk.server.resources.runtime.newId(), desk.server.resources.runtime.newId()];
  await yuki.tickets.addNote.mutate({ ticketId, id: noteId, body: "SECRET" });
  await yuki.tickets.reply.mutate({ ticketId, id: replyId, body: "PUBLIC" });
  await desk.clear();
  const tell = (commentId?: string, kind: "comment_added" | "review_written" = "comment_added") =>
    desk.tell("ben", { kind, ticketId, ...(commentId && { commentId }) });
  await tell(replyId);
  await desk.sendAll();
  for (const commentId of [noteId, replyId]) await tell(commentId);
  await desk.sendAll();
  await tell(undefined, "review_written");
  await desk.sendAll();
  await tell(replyId);
  await desk.sendAll();
  await ben.notifications.setPreferences.mutate({ kinds: [{ ...kinds[0]!, isEnabled: null }] });
  const [first, note, second, review, third] = desk.sink.to("ben");
  expect(note!.text).toContain("SECRET");
  const addresses = new MailAddresses(desk.server.resources.env);
  for (const mail of [note, review]) {
    expect(mail!.text).not.toContain(REPLY_MARKER);
    expect(mail!.text).toContain("Answer it in the product, not by mail.");
    expect(mail!.replyTo).toBeUndefined();
    expect(mail!.references).toBeUndefined();
    expect(addresses.readMessageId(mail!.messageId!)).toBeNull();
  }
  for (const mail of [first, second, third]) {
    expect(mail!.text!.startsWith(REPLY_MARKER)).toBe(true);
    expect(mail!.text).toContain("Your answer goes to the ticket's customer.");
    expect(addresses.readAddress(mail!.replyTo![0]!.address!)).not.toBeNull();
    expect(addresses.readMessageId(mail!.messageId!)).not.toBeNull();
  }
  expect(second!.references).toBe(first!.messageId);
  expect(third!.references).toBe(`${first!.messageId} ${second!.messageId}`);
});

test("a mail asks for no answer by mail in production while no domain is set that could take it", async () => {
  const { env } = desk.server.resources;
  const { id: ticketId } = await desk.open("tom", "One way");
  await (await desk.as("yuki")).tickets.reply.mutate({ ticketId, body: "Look in the product." });
  env.NODE_ENV = "production";
  try {
    await desk.sendAll();
  } finally {
    env.NODE_ENV = "test";
  }
  const [mail] = desk.sink.to("tom");
  expect(mail!.text).toContain("Look in the product.");
  expect(mail!.text).not.toContain(REPLY_MARKER);
  expect(mail!.replyTo).toBeUndefined();
});

describe("no mail goes", () => {
  test("to who has read it in the product within the delay, and one to who has not", async () => {
    const { resources } = desk.server;
    resources.env.MAIL_DELAY_SECONDS = 120;
    const yuki = await desk.as("yuki");
    const { id: ticketId } = await desk.open("tom");
    await yuki.tickets.reply.mutate({ ticketId, body: "Seen" });
    await (await desk.as("tom")).notifications.markTicketRead.mutate({ ticketId });
    await yuki.tickets.reply.mutate({ ticketId, body: "Unseen" });
    desk.later(119);
    await desk.sendAll();
    expect(namesOf()).toEqual([]);
    desk.later(2);
    await desk.sendAll();
    resources.env.MAIL_DELAY_SECONDS = 0;
    expect(desk.sink.to("tom").map(({ text }) => /Seen|Unseen/.exec(text!)![0])).toEqual(["Unseen"]);
  });

  test("to who may not see the ticket any more, or is put out, and one to who still may", async () => {
    const { sql } = desk.server.resources;
    const sofia = await desk.as("sofia");
    const { id: ticketId } = await desk.open("tom");
    const ids = await Promise.all(["amira", "nora", "lucas"].map((name) => desk.idOf(name)));
    await sofia.tickets.setCc.mutate({ ticketId, add: ids });
    await desk.clear();
    await sofia.tickets.reply.mutate({ ticketId, body: "To all of you." });
    await sofia.tickets.setCc.mutate({ ticketId, remove: [ids[0]!] });
    await sql`update users set deactivated_at = ${desk.now()} where id = ${ids[1]!}`;
    await desk.sendAll();
    await sql`update users set deactivated_at = null where id = ${ids[1]!}`;
    expect(namesOf()).toEqual(["lucas", "tom"]);
    const states = (await desk.rows(ticketId)).filter(({ kind }) => kind === "comment_added");
    expect(Object.fromEntries(states.map(({ name, state }) => [name, state]))).toMatchObject({
      amira: "skipped",
      nora: "skipped",
      lucas: "sent",
      tom: "sent",
    });
  });
});
