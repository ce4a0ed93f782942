import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MailInDesk, plainMail } from "./mail-in.fixtures.ts";
import { takeMails } from "./keep-taking.ts";

let desk: MailInDesk;
let nora: string;
beforeAll(async () => {
  desk = await MailInDesk.open();
  nora = (await desk.person("nora")).email;
});
afterAll(() => desk[Symbol.asyncDispose]());

const api = async (name: string) => (await desk.server.as(name)).api;
const from = (address: string, rest: Record<string, string> = {}, text = "Hello.") =>
  plainMail({ From: address, ...rest }, text);

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const EXE = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(500)]).toString("base64");
const withFiles = `Subject: Files
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/related; boundary=r

--r
Content-Type: text/html

<p>Look: <img src="cid:one"></p>
--r
Content-Type: image/png
Content-ID: <one>
Content-Disposition: inline; filename="screen.png"
Content-Transfer-Encoding: base64

${PNG}
--r--
--m
Content-Type: application/pdf
Content-Disposition: attachment; filename="../../setup.pdf"
Content-Transfer-Encoding: base64

${EXE}
--m--
`;

describe("files that come along", () => {
  test("are on the ticket, pictures in the text too; what is refused is named with its reason", async () => {
    const row = await desk.arrive({ to: desk.support() }, `From: ${nora}\n${withFiles}`);
    expect(row).toMatchObject({
      state: "opened",
      refused: { files: [{ name: "setup.pdf", reason: "attachment.type_not_allowed" }] },
    });
    const files = await desk.sql`
      select name, content_type, state from attachments where ticket_id = ${row.ticketId} and attached_at is not null`;
    expect(files).toEqual([{ name: "screen.png", content_type: "image/png", state: "ready" }]);
  });

  test("are on the reply they came with", async () => {
    const ticket = await desk.ticket("nora");
    const row = await desk.arrive({ to: ticket.address }, `From: ${nora}\nX-Other: 1\n${withFiles}`);
    expect(row).toMatchObject({ state: "replied", ticketId: ticket.id });
    const files =
      await desk.sql`select comment_id as "commentId" from attachments where ticket_id = ${ticket.id}`;
    expect(files).toEqual([{ commentId: row.commentId }]);
  });
});

describe("a ticket's own rules hold for mail", () => {
  test("a reply to a closed ticket is held with what the ticket answered, and can be released as a new one", async () => {
    const ticket = await desk.ticket("nora");
    await desk.sql`update tickets set status_id = (select s.id from ticket_statuses s
      where s.organization_id = tickets.organization_id and s.category = 'closed' limit 1),
      resolved_at = ${desk.at()}, closed_at = ${desk.at()} where id = ${ticket.id}`;
    const row = await desk.arrive({ to: ticket.address }, from(nora, { Subject: "Again" }));
    expect(row).toMatchObject({ state: "held", reason: "ticket.closed" });
    const sofia = await api("sofia");
    const { version } = await sofia.inboundMails.get.query({ inboundMailId: row.id });
    await sofia.inboundMails.release.mutate({ inboundMailId: row.id, version });
    await desk.take();
    const mail = await sofia.inboundMails.get.query({ inboundMailId: row.id });
    expect(mail).toMatchObject({ state: "opened", person: { id: (await desk.person("nora")).id } });
    expect(await (await api("nora")).tickets.get.query({ ticketId: mail.ticket!.id })).toMatchObject({
      title: "Again",
    });
  });

  test("a reply to a merged ticket goes where that goes on", async () => {
    const [merged, into] = [await desk.ticket("nora"), await desk.ticket("nora")];
    const sofia = await api("sofia");
    const { version } = await sofia.tickets.get.query({ ticketId: merged.id });
    await sofia.tickets.merge.mutate({ ticketId: merged.id, version, intoTicketId: into.id });
    expect(await desk.arrive({ to: merged.address }, from(nora))).toMatchObject({
      state: "replied",
      ticketId: into.id,
    });
  });

  test("an agent puts customers whom their mail names in copy; strangers stay out", async () => {
    const ticket = await desk.ticket("nora", "ben");
    const [ben, tom] = [(await desk.person("ben")).email, await desk.person("tom")];
    const row = await desk.arrive(
      { to: ticket.address },
      from(ben, { Cc: `${tom.email}, who@evil.example` }),
    );
    expect(row.state).toBe("replied");
    const copied = await desk.sql`select user_id as id from ticket_cc where ticket_id = ${ticket.id}`;
    expect(copied).toEqual([{ id: tom.id }]);
  });
});

describe("an organization's rules", () => {
  test("an address leads to its department, and one that is switched off takes nothing", async () => {
    const sofia = await api("sofia");
    const department = (await sofia.departments.list.query()).find(
      ({ name }) => name === "Technical support",
    )!;
    const made = await sofia.mailAddresses.create.mutate({ localPart: "Help", departmentId: department.id });
    expect(made.address).toBe(`help@${desk.addresses.domainOf("demo")}`);
    const row = await desk.arrive({ to: made.address }, from(nora));
    expect(await sofia.tickets.get.query({ ticketId: row.ticketId! })).toMatchObject({
      department: { id: department.id },
    });
    await sofia.mailAddresses.update.mutate({
      mailAddressId: made.id,
      version: made.version,
      isActive: false,
    });
    expect(await desk.send({ to: made.address }, from(nora))).toMatch(/^550/);
  });

  test("where only known people may write, a stranger's mail waits, and is a ticket of theirs once released", async () => {
    const sofia = await api("sofia");
    const { version } = await sofia.organization.get.query();
    await sofia.organization.update.mutate({ version, mailSenders: "known" });
    const row = await desk.arrive({ to: desk.support() }, from("Eve <eve@mail.example>"));
    expect(row).toMatchObject({ state: "held", reason: "author_unknown", userId: null });
    await sofia.inboundMails.release.mutate({ inboundMailId: row.id, version: 2 });
    await desk.take();
    expect(await sofia.inboundMails.get.query({ inboundMailId: row.id })).toMatchObject({
      state: "opened",
      person: { name: "Eve" },
      decidedBy: { id: (await desk.person("sofia")).id },
    });
    await sofia.organization.update.mutate({ version: version + 1, mailSenders: "everybody" });
  });
});

describe("a held mail", () => {
  test("can be made a reply of the ticket's customer, never of somebody who works here", async () => {
    const ticket = await desk.ticket("nora");
    const row = await desk.arrive({ to: ticket.address }, from("noras-other@mail.example"));
    expect(row).toMatchObject({ state: "held", reason: "not_proven" });
    const sofia = await api("sofia");
    const release = async (name: string) =>
      sofia.inboundMails.release.mutate({
        inboundMailId: row.id,
        version: 2,
        ticketId: ticket.id,
        personId: (await desk.person(name)).id,
      });
    for (const name of ["ben", "tom"])
      await expect(release(name)).rejects.toMatchObject({
        data: { refusal: { code: "customer.not_found" } },
      });
    await release("nora");
    await desk.take();
    expect(await desk.comments(ticket.id)).toMatchObject([
      { author: "nora", body: "Hello.", source: "email" },
    ]);
  });

  test("of somebody who was put out is released for nobody but who is still here", async () => {
    const lucas = await desk.person("lucas");
    const setAway = (at: string | null) =>
      desk.sql`update users set deactivated_at = ${at} where id = ${lucas.id}`;
    await setAway(desk.at());
    const row = await desk.arrive({ to: desk.support() }, from(lucas.email, { Subject: "Still me" }));
    expect(row).toMatchObject({ state: "held", reason: "author_inactive", userId: lucas.id });
    const sofia = await api("sofia");
    const release = (version: number) =>
      sofia.inboundMails.release.mutate({ inboundMailId: row.id, version });
    await expect(release(2)).rejects.toMatchObject({ data: { refusal: { code: "customer.not_found" } } });
    await setAway(null);
    await release(2);
    // Put out again before a worker has it.
    await setAway(desk.at());
    await desk.take();
    const held = await sofia.inboundMails.get.query({ inboundMailId: row.id });
    expect(held).toMatchObject({ state: "held", reason: "customer.not_found", ticket: null });
    await setAway(null);
    await release(held.version);
    await desk.take();
    expect(await sofia.inboundMails.get.query({ inboundMailId: row.id })).toMatchObject({
      state: "opened",
      person: { id: lucas.id },
    });
  });

  test("is counted with since when the first waits, until it is decided on", async () => {
    const sofia = await api("sofia");
    const count = () => sofia.inboundMails.countHeld.query();
    const { count: before, oldestAt } = await count();
    const row = await desk.arrive({ to: desk.support() }, from("e@b.example, f@d.example"));
    const { receivedAt, version } = await sofia.inboundMails.get.query({ inboundMailId: row.id });
    expect(await count()).toEqual({ count: before + 1, oldestAt: oldestAt ?? receivedAt });
    await sofia.inboundMails.discard.mutate({ inboundMailId: row.id, version });
    expect(await count()).toEqual({ count: before, oldestAt });
  });

  test("can be discarded, downloaded as it came, and is out of sight for who manages no mail", async () => {
    const raw = from("a@b.example, c@d.example");
    const row = await desk.arrive({ to: desk.support() }, raw);
    const sofia = await api("sofia");
    expect(await sofia.inboundMails.discard.mutate({ inboundMailId: row.id, version: 2 })).toMatchObject({
      state: "discarded",
    });
    const { accessTokenOf } = await import("@helpdesk/testing/server");
    const get = async (name: string) =>
      fetch(`${desk.server.url}/inbound-mails/${row.id}/raw`, {
        headers: { authorization: `Bearer ${await accessTokenOf(desk.server.url, name)}` },
      });
    const answer = await get("sofia");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(await answer.text()).toContain("From: a@b.example, c@d.example\r\n");
    expect((await get("ben")).status).toBe(404);
    expect((await get("nora")).status).toBe(404);
  });
});

test("any number of workers at once make one ticket of each mail", async () => {
  for (let i = 0; i < 12; i++)
    await desk.send({ to: desk.support() }, from(`many${i}@mail.example`, { Subject: `Many ${i}` }));
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while ((await takeMails(desk.server.resources)) > 0);
    }),
  );
  const titles = await desk.sql<{ title: string }[]>`select title from tickets where title like 'Many %'`;
  expect(titles.map(({ title }) => title).toSorted()).toEqual(
    Array.from({ length: 12 }, (_, i) => `Many ${i}`).toSorted(),
  );
});
