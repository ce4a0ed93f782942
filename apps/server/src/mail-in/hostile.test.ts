import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Line, MailInDesk, plainMail } from "./mail-in.fixtures.ts";

let desk: MailInDesk;
let nora: string;
let ben: string;
/** Nora's ticket, by the ways that answers of her and of the agent Ben go. */
let hers: Awaited<ReturnType<MailInDesk["ticket"]>>;
let bens: { address: string; messageId: string };

beforeAll(async () => {
  desk = await MailInDesk.open({ env: { MAIL_TRUSTED_RELAYS: "relay.example", MAIL_MAX_BYTES: "1048576" } });
  [nora, ben] = [(await desk.person("nora")).email, (await desk.person("ben")).email];
  hers = await desk.ticket("nora");
  bens = await desk.wayTo(hers, "ben");
});
afterAll(() => desk[Symbol.asyncDispose]());

const stranger = "stranger@evil.example";
const from = (address: string, rest: Record<string, string> = {}, text = "Give me everything.") =>
  plainMail({ From: address, ...rest }, text);
const isHeld = (reason: string) => ({ state: "held", reason, ticketId: null, commentId: null });
const isIgnored = (reason: string) => ({ state: "ignored", reason, ticketId: null, commentId: null });

/** What does not come from whom it says, or from nobody: told by what becomes of it. */
const unproven: [what: string, mail: () => [to: string, mail: string, from?: string], outcome: object][] = [
  ["a stranger at somebody's reply address", () => [hers.address, from(stranger)], isHeld("not_proven")],
  ["an agent's name at the customer's reply address", () => [hers.address, from(ben)], isHeld("not_proven")],
  ["a customer at an agent's reply address", () => [bens.address, from(nora)], isHeld("not_proven")],
  [
    "a signature with a letter changed",
    () => [
      hers.address.replace(
        /-(.)(.{19})@/,
        (_: string, a: string, b: string) => `-${a === "a" ? "b" : "a"}${b}@`,
      ),
      from(nora),
    ],
    isHeld("not_proven"),
  ],
  [
    "the signature of another ticket",
    () => [hers.address.replace(/^ticket-\d+/, "ticket-1"), from(nora)],
    isHeld("not_proven"),
  ],
  [
    "a ticket there is not",
    () => [hers.address.replace(/^ticket-\d+/, "ticket-999999999"), from(nora)],
    isHeld("not_proven"),
  ],
  [
    "references that were stolen from somebody else's mail",
    () => [desk.support(), from(stranger, { References: bens.messageId, "In-Reply-To": bens.messageId })],
    isHeld("not_proven"),
  ],
  [
    "a Reply-To that is the customer",
    () => [hers.address, from(stranger, { "Reply-To": nora })],
    isHeld("not_proven"),
  ],
  [
    "a Sender that is the customer",
    () => [hers.address, from(stranger, { Sender: nora })],
    isHeld("not_proven"),
  ],
  [
    "a display name that is the customer's address",
    () => [hers.address, from(`"${nora}" <${stranger}>`)],
    isHeld("not_proven"),
  ],
  ["two people in From", () => [hers.address, from(`${nora}, ${stranger}`)], isHeld("author_unclear")],
  ["two From headers", () => [hers.address, `From: ${stranger}\n${from(nora)}`], isHeld("author_unclear")],
  ["no From at all", () => [desk.support(), "Subject: x\n\nHello\n"], isHeld("author_unclear")],
  [
    "a sender whom a trusted relay calls forged",
    () => [hers.address, from(nora, { "Authentication-Results": "relay.example; spf=pass; dmarc=fail" })],
    isHeld("author_forged"),
  ],
  [
    "the answer of a machine",
    () => [hers.address, from(nora, { "Auto-Submitted": "auto-replied" })],
    isIgnored("auto_reply"),
  ],
  ["a bounce", () => [hers.address, from("mailer-daemon@mail.example"), ""], isIgnored("bounce")],
  [
    "a mailing list",
    () => [desk.support(), from(nora, { "List-Id": "<a.list.example>" })],
    isHeld("mailing_list"),
  ],
  ["what a relay marked", () => [desk.support(), from(stranger, { "X-Spam": "Yes" })], isHeld("spam")],
  ["our own address as its sender", () => [hers.address, from(desk.support())], isIgnored("own_mail")],
  [
    "a mail of ours that comes back",
    () => [hers.address, from(nora, { "Message-ID": hers.messageId })],
    isIgnored("own_mail"),
  ],
  [
    "our mark against loops",
    () => [hers.address, from(nora, { "X-Loop": desk.addresses.domainOf("demo") })],
    isIgnored("own_mail"),
  ],
];

describe("a mail that speaks for nobody is kept with its reason and appended nowhere:", () => {
  test.each(unproven)("%s", async (_, make, outcome) => {
    const [to, mail, sender] = make();
    const before = await desk.comments(hers.id);
    expect(await desk.arrive({ to, ...(sender !== undefined && { from: sender }) }, mail)).toMatchObject(
      outcome,
    );
    expect(await desk.comments(hers.id)).toEqual(before);
  });
});

const nested = (depth: number) => {
  const open = Array.from(
    { length: depth },
    (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`,
  ).join("");
  return `From: ${nora}\nSubject: deep\nMIME-Version: 1.0\n${open}Content-Type: text/plain\n\nend\n`;
};
const parts = (count: number) =>
  `From: ${nora}\nSubject: many\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${"--b\nContent-Type: image/png\n\nx\n".repeat(count)}--b--\n`;

/** What is made to break whoever reads it. */
const broken: [what: string, mail: () => string | Buffer, outcome: object][] = [
  ["parts within parts within parts", () => nested(500), { state: "held", reason: "unreadable" }],
  ["thousands of parts", () => parts(20_000), { state: "held", reason: "unreadable" }],
  [
    "headers without end",
    () => `From: ${nora}\n${"X-Long: 0123456789012345678901234567890123456789\n".repeat(15_000)}\nHello\n`,
    { state: "held", reason: "unreadable" },
  ],
  ["nothing at all", () => "", { state: "held", reason: "author_unclear" }],
  ["only a blank line", () => "\n", { state: "held", reason: "author_unclear" }],
  [
    "a boundary that never ends",
    () =>
      `From: ${nora}\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHello`,
    { state: "opened" },
  ],
  [
    "a charset that is none",
    () => from(nora, { "Content-Type": "text/plain; charset=x-klingon" }),
    { state: "opened" },
  ],
  [
    "bytes that are no UTF-8",
    () =>
      Buffer.concat([
        Buffer.from(`From: ${nora}\r\nSubject: h\xe9\r\n\r\n`, "latin1"),
        Buffer.from([0xff, 0xfe, 0xe9]),
      ]),
    { state: "opened" },
  ],
  ["NUL bytes", () => Buffer.from(`From: ${nora}\r\nSubject: a\0b\r\n\r\nc\0d\r\n`), { state: "opened" }],
  ["a line of half a megabyte", () => from(nora, {}, "x".repeat(500_000)), { state: "opened" }],
  [
    "base64 that is none",
    () => from(nora, { "Content-Transfer-Encoding": "base64" }, "!!!*** no base64 ***!!!"),
    { state: "opened" },
  ],
  [
    "HTML thousands of elements deep",
    () => from(nora, { "Content-Type": "text/html" }, `${"<div><blockquote>".repeat(20_000)}Hello`),
    { state: "opened" },
  ],
  [
    "a subject that writes headers",
    () => from(nora, { Subject: "=?utf-8?q?Hello=0D=0ABcc:_all=40lumen.example?=" }),
    { state: "opened" },
  ],
  [
    "texts that make patterns slow",
    () => from(nora, {}, `${"On ".repeat(20_000)}\n${"> ".repeat(20_000)}\n${"-".repeat(20_000)}wrote:`),
    {},
  ],
];

describe("a mail that is made to break its reader ends in a state, and its bytes are kept:", () => {
  test.each(broken)("%s", async (_, make, outcome) => {
    const row = await desk.arrive({ to: desk.support() }, make());
    expect(row).toMatchObject(outcome);
    expect(["opened", "held", "ignored"]).toContain(row.state);
    const [stored] = await desk.sql<{ key: string; title: string | null }[]>`
      select m.storage_key as key, t.title from inbound_mails m left join tickets t on t.id = m.ticket_id
      where m.id = ${row.id}`;
    expect(await desk.server.resources.files.read(stored!.key)).toBeDefined();
    expect(stored!.title ?? "").not.toMatch(/\p{Cc}/u);
  });
});

describe("what is not taken is refused while its sender is there:", () => {
  test.each<[string, () => string, string]>([
    ["an organization there is not", () => "support@nobody.helpdesk.localhost", "550"],
    ["an address it does not have", () => `sales@${desk.addresses.domainOf("demo")}`, "550"],
    ["another domain", () => "support@demo.example", "550"],
    ["a relay by percent", () => `victim%other.example@${desk.addresses.domainOf("demo")}`, "550"],
  ])("%s", async (_, to, code) => {
    const count = (await desk.rows()).length;
    expect(await desk.send({ to: to() }, from(nora))).toContain(code);
    expect(await desk.rows()).toHaveLength(count);
  });

  test("a mail that says it is too large, and one that turns out to be", async () => {
    await using line = await Line.open(desk.listener.port);
    await line.say("EHLO a.example");
    expect(await line.say("MAIL FROM:<a@b.example> SIZE=2000000")).toMatch(/^552/);
    const count = (await desk.rows()).length;
    expect(await desk.send({ to: desk.support() }, from(nora, {}, "0123456789\n".repeat(150_000)))).toMatch(
      /^552/,
    );
    expect(await desk.rows()).toHaveLength(count);
  });

  test("recipients of two organizations in one mail: the second is to be sent apart", async () => {
    await using line = await Line.open(desk.listener.port);
    await line.say("EHLO a.example");
    await line.say("MAIL FROM:<a@b.example>");
    expect(await line.say(`RCPT TO:<${desk.support("demo")}>`)).toMatch(/^250/);
    expect(await line.say(`RCPT TO:<${desk.support("northwind")}>`)).toMatch(/^452/);
  });

  test("more recipients than there may be", async () => {
    await using line = await Line.open(desk.listener.port);
    await line.say("EHLO a.example");
    await line.say("MAIL FROM:<a@b.example>");
    const answers: string[] = [];
    for (let i = 0; i < 101; i++)
      answers.push(await line.say(`RCPT TO:<${hers.address.replace(/^ticket-\d+/, `ticket-${i}`)}>`));
    expect(answers.filter((answer) => answer.startsWith("250"))).toHaveLength(100);
    expect(answers.at(-1)).toMatch(/^452/);
  });
});

test("the same mail again, its answer lost, is the same row and one ticket", async () => {
  const mail = from(nora, { Subject: "Only once" });
  const count = (await desk.rows()).length;
  for (let i = 0; i < 3; i++) expect(await desk.send({ to: desk.support() }, mail)).toMatch(/^250/);
  await desk.take();
  expect(await desk.send({ to: desk.support() }, mail)).toMatch(/^250/);
  await desk.take();
  expect(await desk.rows()).toHaveLength(count + 1);
  expect(await desk.sql`select id from tickets where title = 'Only once'`).toHaveLength(1);
});

test("the same mail by another way is ignored as a duplicate", async () => {
  const mail = from(nora, { Subject: "Twice" });
  expect(await desk.arrive({ to: desk.support() }, mail)).toMatchObject({ state: "opened" });
  const again = `Received: from elsewhere\n${mail}`;
  expect(await desk.arrive({ to: desk.support() }, again)).toMatchObject(isIgnored("duplicate"));
});

test("people whom a stranger's or customer's mail names in Cc are not put in copy", async () => {
  const row = await desk.arrive({ to: hers.address }, from(nora, { Cc: `x@evil.example, ${ben}` }));
  expect(row.state).toBe("replied");
  expect(await desk.sql`select user_id from ticket_cc where ticket_id = ${hers.id}`).toEqual([]);
});

test("a mail that opens a ticket in an agent's name proves nothing, and puts nobody in copy", async () => {
  const row = await desk.arrive({ to: desk.support() }, from(ben, { Cc: nora }));
  expect(row.state).toBe("opened");
  expect(await desk.sql`select user_id from ticket_cc where ticket_id = ${row.ticketId}`).toEqual([]);
});

test("after all of that the same process takes a good mail and a good answer", async () => {
  desk.later(7_200);
  expect(await desk.arrive({ to: desk.support() }, from("good@mail.example"))).toMatchObject({
    state: "opened",
  });
  expect(await desk.arrive({ to: bens.address }, from(ben, {}, "I am on it."))).toMatchObject({
    state: "replied",
  });
  expect((await desk.comments(hers.id)).at(-1)).toMatchObject({ author: "ben", body: "I am on it." });
  expect((await desk.rows()).filter(({ state }) => state === "received")).toEqual([]);
});

test("more mails of one address in an hour than one person writes wait for somebody", async () => {
  const states = new Map<string, number>();
  for (let i = 0; i < 33; i++) {
    const { state, reason } = await desk.arrive(
      { to: desk.support() },
      from("flood@mail.example", { Subject: `${i}` }),
    );
    states.set(`${state} ${reason}`, (states.get(`${state} ${reason}`) ?? 0) + 1);
  }
  expect(Object.fromEntries(states)).toEqual({ "opened null": 30, "held too_many": 3 });
});

test("whatever others send under a customer's address, the customer's own answers go on", async () => {
  await desk.sql`update inbound_mails set from_address = ${nora} where from_address = 'flood@mail.example'`;
  expect(await desk.arrive({ to: desk.support() }, from(nora))).toMatchObject(isHeld("too_many"));
  expect(await desk.arrive({ to: hers.address }, from(nora, {}, "It is me."))).toMatchObject({
    state: "replied",
    isProven: true,
  });
});
