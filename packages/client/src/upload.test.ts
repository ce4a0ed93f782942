import { openAsBlob } from "node:fs";
import {
  type UploadError,
  type UploadProgress,
  createHelpdeskClient,
  failureOf,
  isRefusal,
  refusalIn,
} from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { systemRuntime } from "@helpdesk/server";
import { startProxy } from "@helpdesk/testing/proxy";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const nora = { organization: "demo", email: "nora@brightbakery.example", password: "Demo-pass-2026!" };

let server: TestServer;
let lateMs = 0;

beforeAll(async () => {
  const runtime = { ...systemRuntime, now: () => toInstant(toEpochMs(systemRuntime.now()) + lateMs) };
  server = await startServer({ runtime, env: { ATTACHMENT_MAX_BYTES: "100000" } });
});

afterAll(() => server[Symbol.asyncDispose]());

const streamOf = (...texts: string[]) =>
  new ReadableStream<Uint8Array>({
    start(stream) {
      for (const text of texts) stream.enqueue(new TextEncoder().encode(text));
      stream.close();
    },
  });

const signedIn = async () => {
  const client = createHelpdeskClient({ url: server.url });
  await client.signIn(nora);
  return client;
};

test("a file, a blob, a file on disk and a stream all arrive, under their names, and come back by a link", async () => {
  const client = await signedIn();
  const { id: ticketId } = await client.api.tickets.open.mutate({ title: "Files", description: "" });
  const sent = [
    await client.uploadAttachment(new File(["one"], 'a "quoted" name.txt'), { ticketId }),
    await client.uploadAttachment(new Blob(["two"]), { ticketId }),
    await client.uploadAttachment(await openAsBlob(import.meta.filename), { ticketId, name: "this.ts" }),
    await client.uploadAttachment(streamOf("fo", "ur"), { ticketId, name: 'größer "4".txt' }),
  ];
  expect(sent.map(({ name }) => name)).toEqual(['a "quoted" name.txt', "file", "this.ts", 'größer "4".txt']);
  await client.api.tickets.reply.mutate({
    ticketId,
    body: "All of them.",
    attachmentIds: sent.map(({ id }) => id),
  });
  const response = await fetch(await client.attachmentUrl(sent[3]!.id));
  expect(await response.text()).toBe("four");
});

test("a refusal to take a file is typed like those of procedures", async () => {
  const client = await signedIn();
  const error = await client.uploadAttachment(new Blob([new Uint8Array(100_001)])).catch((e: unknown) => e);
  expect(isRefusal(error, "attachment.too_large")).toBe(true);
  expect(refusalIn(error as UploadError)).toEqual({ code: "attachment.too_large", limitBytes: 100_000 });
  const stranger = createHelpdeskClient({ url: server.url }).uploadAttachment(new Blob(["x"]));
  await expect(stranger).rejects.toMatchObject({
    data: { refusal: { code: "auth.required" }, httpStatus: 401 },
  });
});

test("a file refused for an old token is sent again with a new one", async () => {
  const client = await signedIn();
  lateMs = 20 * 60_000;
  expect(await client.uploadAttachment(new Blob(["late"]))).toMatchObject({ sizeBytes: 4 });
  lateMs = 0;
});

test("a file tells how far it is, to its end", async () => {
  const client = await signedIn();
  const told: UploadProgress[] = [];
  const content = new Blob(Array(3).fill(new Uint8Array(30_000)));
  await client.uploadAttachment(content, { onProgress: (progress) => told.push(progress) });
  expect(told.at(-1)).toEqual({ sentBytes: 90_000, totalBytes: 90_000 });
  expect(told.length).toBeGreaterThan(1);
  expect(told).toEqual(told.toSorted((a, b) => a.sentBytes - b.sentBytes));

  const streamed: UploadProgress[] = [];
  await client.uploadAttachment(streamOf("one", "three"), { onProgress: (at) => streamed.push(at) });
  expect(streamed).toEqual([
    { sentBytes: 3, totalBytes: null },
    { sentBytes: 8, totalBytes: null },
  ]);
});

test("an upload that is aborted ends for its caller, and leaves no file", async () => {
  const client = await signedIn();
  const leaving = new AbortController();
  const name = "aborted.bin";
  const endless = new ReadableStream<Uint8Array>({ start: (bytes) => bytes.enqueue(new Uint8Array(70_000)) });
  const upload = client.uploadAttachment(endless, { name, signal: leaving.signal }).catch(failureOf);
  const rows = async () =>
    (await server.resources.sql`select 1 from attachments where name = ${name}`).length;
  await vi.waitFor(async () => expect(await rows()).toBe(1));
  leaving.abort();
  expect(await upload).toEqual({ kind: "aborted" });
  await vi.waitFor(async () => expect(await rows()).toBe(0));
});

test("a file whose answer is lost is sent again; bytes that can be sent once are not", async () => {
  await using proxy = await startProxy(server.url);
  const client = createHelpdeskClient({ url: proxy.url });
  await client.signIn(nora);
  let drops = 1;
  proxy.fault = () => (drops-- > 0 ? { kind: "drop_answer" } : null);
  expect(await client.uploadAttachment(new Blob(["twice"]))).toMatchObject({ sizeBytes: 5 });
  drops = 1;
  const failure = await client.uploadAttachment(streamOf("once")).catch(failureOf);
  expect(failure).toEqual({ kind: "unreachable", httpStatus: null });
});
