import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCertificate } from "../webhooks/certificate.fixtures.ts";
import { Line, MailInDesk, plainMail } from "./mail-in.fixtures.ts";
import { MailListener } from "./listener.ts";

let desk: MailInDesk;
beforeAll(async () => {
  desk = await MailInDesk.open();
});
afterAll(() => desk[Symbol.asyncDispose]());

const mail = () => plainMail({ From: "cora@mail.example" }, "Hello.");
const another = (env: object, patience?: { silenceMs: number; mailMs: number }) =>
  MailListener.open(
    {
      ...desk.server.resources,
      env: { ...desk.server.resources.env, ...env },
      ...(patience && { patience }),
    },
    { host: "127.0.0.1", port: 0 },
  );

test("who says nothing, and who sends byte by byte, is cut off; nothing is left of their mail", async () => {
  const count = (await desk.rows()).length;
  const impatient = await another({}, { silenceMs: 1_000, mailMs: 3_000 });
  await using silent = await Line.open(impatient.port);
  await using slow = await Line.open(impatient.port);
  for (const line of [silent, slow]) {
    await line.say("EHLO a.example");
    await line.say("MAIL FROM:<a@b.example>");
    await line.say(`RCPT TO:<${desk.support()}>`);
    await line.say("DATA");
  }
  silent.write("Subject: x\r\n");
  const drip = setInterval(() => slow.write("x"), 50);
  try {
    await expect.poll(() => silent.isClosed && slow.isClosed, { timeout: 10_000 }).toBe(true);
  } finally {
    clearInterval(drip);
    await impatient.close();
  }
  expect(await desk.rows()).toHaveLength(count);
});

test("a sender who goes away in the middle leaves nothing", async () => {
  const count = (await desk.rows()).length;
  {
    await using line = await Line.open(desk.listener.port);
    await line.say("EHLO a.example");
    await line.say("MAIL FROM:<a@b.example>");
    await line.say(`RCPT TO:<${desk.support()}>`);
    await line.say("DATA");
    line.write("Subject: half\r\n\r\nHalf of a");
  }
  expect(await desk.send({ to: desk.support() }, mail())).toMatch(/^250/);
  expect(await desk.rows()).toHaveLength(count + 1);
});

test("what cannot be stored now is answered with 451, so that it comes again", async () => {
  const count = (await desk.rows()).length;
  await desk.sql`alter table inbound_mails rename to away`;
  try {
    expect(await desk.send({ to: desk.support() }, mail())).toMatch(/^451/);
  } finally {
    await desk.sql`alter table away rename to inbound_mails`;
  }
  expect(await desk.rows()).toHaveLength(count);
});

test("one address has twenty connections at most, and others go on", async () => {
  const lines = await Promise.all(Array.from({ length: 24 }, () => Line.open(desk.listener.port)));
  const answers = await Promise.all(lines.map((line) => line.say("EHLO a.example")));
  expect(answers.filter((answer) => answer.startsWith("250"))).toHaveLength(20);
  for (const line of lines) await line[Symbol.asyncDispose]();
  await expect.poll(() => desk.send({ to: desk.support() }, mail())).toMatch(/^250/);
});

test("commands that come all at once are answered in order", async () => {
  await using line = await Line.open(desk.listener.port);
  line.write(
    `EHLO a.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<${desk.support()}>\r\nRCPT TO:<nobody@b.example>\r\nDATA\r\n`,
  );
  const codes: string[] = [];
  for (let i = 0; i < 5; i++) codes.push((await line.answer()).slice(0, 3));
  expect(codes).toEqual(["250", "250", "250", "550", "354"]);
});

test("by LMTP each recipient has an answer", async () => {
  const listener = await another({ MAIL_IN_PROTOCOL: "lmtp" });
  try {
    await using line = await Line.open(listener.port);
    expect(await line.say("LHLO a.example")).toMatch(/^250/);
    await line.say("MAIL FROM:<a@b.example>");
    const ticket = await desk.ticket("nora");
    await line.say(`RCPT TO:<${desk.support()}>`);
    await line.say(`RCPT TO:<${ticket.address}>`);
    await line.say("DATA");
    expect(await line.say(Buffer.from(`${mail().replaceAll("\n", "\r\n")}.\r\n`))).toMatch(/^250/);
    expect(await line.answer()).toMatch(/^250/);
  } finally {
    await listener.close();
  }
});

test("with a certificate mail comes encrypted", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mail-in-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made = makeCertificate("localhost");
  writeFileSync(key, made.key);
  writeFileSync(cert, made.cert);
  const listener = await another({ MAIL_IN_CERTIFICATE: cert, MAIL_IN_KEY: key });
  const transport = createTransport({
    host: "127.0.0.1",
    port: listener.port,
    requireTLS: true,
    tls: { rejectUnauthorized: false },
  });
  try {
    const count = (await desk.rows()).length;
    const sent = await transport.sendMail({
      from: "cora@mail.example",
      to: desk.support(),
      subject: "x",
      text: "y",
    });
    expect(sent.response).toMatch(/^250/);
    expect(await desk.rows()).toHaveLength(count + 1);
  } finally {
    transport.close();
    await listener.close();
  }
});
