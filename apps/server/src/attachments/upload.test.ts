import { existsSync, readdirSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { inParallel, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PNG, Sender } from "./upload.fixtures.ts";

const MEBIBYTE = 1_048_576;

let server: TestServer;
let nora: Sender;

beforeAll(async () => {
  server = await startServer();
  nora = await Sender.named(server, "nora");
});

afterAll(() => server[Symbol.asyncDispose]());

/** What there is of uploads, on disk and in the database. */
async function left(of: TestServer = server): Promise<{ files: number; rows: number; usedBytes: number }> {
  const folder = join(of.resources.env.STORAGE_DIR, "attachments");
  const [row] = await of.resources.sql<{ rows: number; usedBytes: number }[]>`
    select (select count(*)::int from attachments) as rows,
      (select coalesce(sum(used_bytes), 0) from attachment_usage) as "usedBytes"`;
  return { files: existsSync(folder) ? readdirSync(folder).length : 0, ...row! };
}

const typeOf = async (content: Uint8Array | string, name: string) => {
  const { body } = await nora.upload(content, { name });
  return body["contentType"];
};

test("a file is of the type that its bytes say, whatever its name says", async () => {
  expect(await typeOf(PNG, "bill.pdf")).toBe("image/png");
  expect(await typeOf("<html><script>alert(1)</script></html>", "cat.png")).toBe("text/plain; charset=utf-8");
  expect(await typeOf("Grüße, 🙂", "a.bin")).toBe("text/plain; charset=utf-8");
  expect(await typeOf("", "empty.txt")).toBe("text/plain; charset=utf-8");
  expect(await typeOf(Buffer.from("a\0b"), "a.txt")).toBe("application/octet-stream");
  expect(await typeOf(Buffer.from([0x61, 0xff, 0xfe, 0x61]), "a.txt")).toBe("application/octet-stream");
  expect(await typeOf(Buffer.from("%PDF-1.7\n"), "a.jpg")).toBe("application/pdf");
});

test("a text is one to its last byte: a character may be cut by a chunk, a wrong byte at the end shows", async () => {
  const long = "ä".repeat(MEBIBYTE);
  expect(await typeOf(`a${long}`, "a.txt")).toBe("text/plain; charset=utf-8");
  const cut = Buffer.from(long).subarray(0, -1);
  expect(await typeOf(cut, "a.txt")).toBe("application/octet-stream");
});

test("a bomb is only its bytes", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * MEBIBYTE));
  const { body } = await nora.upload(bomb, { name: "bomb.gz" });
  expect(body).toMatchObject({ contentType: "application/gzip", sizeBytes: bomb.length });
});

test("a program is refused by its first bytes, and nothing of it is left", async () => {
  const before = await left();
  for (const [content, contentType] of [
    [Buffer.concat([Buffer.from("MZ"), Buffer.alloc(100_000, 1)]), "application/x-msdownload"],
    [Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01"), Buffer.alloc(100)]), "application/x-elf"],
  ] as const) {
    const answer = await nora.upload(content, { name: "holiday.jpg" });
    expect(answer).toMatchObject({
      status: 415,
      body: { refusal: { code: "attachment.type_not_allowed", contentType } },
    });
  }
  expect(await left()).toEqual(before);
});

test("what is too large is refused with nothing left, declared or not; what is just not stays", async () => {
  await using small = await startServer({ env: { ATTACHMENT_MAX_BYTES: String(MEBIBYTE) } });
  const sender = await Sender.named(small, "nora");
  const refused = { status: 413, body: { refusal: { code: "attachment.too_large", limitBytes: MEBIBYTE } } };
  expect(await sender.upload(Buffer.alloc(30 * MEBIBYTE, 1))).toMatchObject(refused);
  expect(await sender.upload(Buffer.alloc(MEBIBYTE + 1, 1))).toMatchObject(refused);
  expect(await left(small)).toEqual({ files: 0, rows: 0, usedBytes: 0 });
  expect((await sender.upload(Buffer.alloc(MEBIBYTE, 1))).outcome).toBe("ok");
  expect(await left(small)).toEqual({ files: 1, rows: 1, usedBytes: MEBIBYTE });
});

test("30 MB are more than an upload may have by default", async () => {
  const before = await left();
  expect((await nora.upload(Buffer.alloc(30_000_000, 1))).outcome).toBe("attachment.too_large");
  expect(await left()).toEqual(before);
});

const boundary = "----boundary";
const formType = `multipart/form-data; boundary=${boundary}`;
const opening = (name = "a.txt") =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;

/** Sends the beginning of a form and hangs up once it has begun to be stored. */
async function hangUpAfter(bytes: Buffer): Promise<void> {
  const { rows, files } = await left();
  const request = httpRequest(`${server.url}/attachments`, {
    method: "POST",
    headers: { ...nora.headers, "content-type": formType, "content-length": 10 * MEBIBYTE },
  });
  request.on("error", () => {});
  request.write(bytes);
  await expect.poll(() => left()).toMatchObject({ rows: rows + 1, files: files + 1 });
  request.destroy();
}

test("an upload that is broken off leaves nothing", async () => {
  await using other = await startServer();
  expect(await left(other)).toEqual({ files: 0, rows: 0, usedBytes: 0 });
  const before = await left();
  await hangUpAfter(Buffer.concat([Buffer.from(opening()), Buffer.alloc(MEBIBYTE, 1)]));
  await expect.poll(() => left()).toEqual(before);
});

const encoded = (text: string) => new TextEncoder().encode(text);
const sendRaw = (text: string, type = formType) =>
  nora.send(encoded(text), undefined, { "content-type": type });

test("a form is whole and has one file, or nothing of it is taken", async () => {
  const before = await left();
  const end = `\r\n--${boundary}--\r\n`;
  for (const wrong of [
    `--${boundary}--\r\n`,
    `${opening()}not at its end`,
    `${opening()}one\r\n${opening("b.txt")}two${end}`,
    `--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\nno file${end}`,
  ]) {
    const { status } = await sendRaw(wrong);
    expect([400, 413], wrong).toContain(status);
  }
  expect((await sendRaw("{}", "application/json")).status).toBe(400);
  expect((await sendRaw("x", "multipart/form-data")).status).toBeGreaterThanOrEqual(400);
  expect((await sendRaw("x", "multipart/form-data")).status).toBeLessThan(500);
  expect(await left()).toEqual(before);
  expect((await sendRaw(`${opening()}one${end}`)).outcome).toBe("ok");
});

test("what a name has of headers and paths stays out of the answer's headers", async () => {
  const names = [
    'a"; filename=evil.exe; x=".txt',
    "..\\..\\a\u202etxt.exe",
    "a;b=c'd*e%22%0d%0aX-Evil: 1.txt",
  ];
  for (const name of names) {
    const id = await nora.id("x", { name });
    const file = await nora.get(`/attachments/${id}`);
    await file.arrayBuffer();
    expect(file.headers.get("x-evil")).toBeNull();
    expect(file.headers.get("content-disposition")).toMatch(
      /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/,
    );
  }
});

test("of uploads that race for the last of a quota one wins, and removing makes room again", async () => {
  await using tight = await startServer({ env: { ATTACHMENT_QUOTA_BYTES: "3000" } });
  const sender = await Sender.named(tight, "nora");
  const kept = await sender.id(Buffer.alloc(1_500, 1));
  const answers = await inParallel(6, Array.from({ length: 6 }), () => sender.upload(Buffer.alloc(1_000, 1)));
  expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual([
    ...Array.from({ length: 5 }, () => "attachment.quota_exceeded"),
    "ok",
  ]);
  expect(await left(tight)).toEqual({ files: 2, rows: 2, usedBytes: 2_500 });
  // Another organization has room of its own.
  const hanna = await Sender.named(tight, "hanna");
  expect((await hanna.upload(Buffer.alloc(2_900, 1))).outcome).toBe("ok");
  const { api } = await tight.as("nora");
  await api.attachments.remove.mutate({ attachmentId: kept });
  expect((await sender.upload(Buffer.alloc(2_000, 1))).outcome).toBe("ok");
});

test("who has fifty files waiting attaches some first", async () => {
  await using own = await startServer();
  const tom = await Sender.named(own, "tom");
  await inParallel(4, Array.from({ length: 50 }), () => tom.id("x"));
  expect(await tom.upload("x")).toMatchObject({
    status: 429,
    body: { refusal: { code: "attachment.too_many", limit: 50 } },
  });
  expect((await nora.upload("x")).outcome).toBe("ok");
});

test("the settings say which types are taken", async () => {
  await using pictures = await startServer({ env: { ATTACHMENT_TYPES_ALLOWED: "image/*" } });
  const sender = await Sender.named(pictures, "nora");
  expect((await sender.upload(PNG)).outcome).toBe("ok");
  expect((await sender.upload("text")).outcome).toBe("attachment.type_not_allowed");
});
