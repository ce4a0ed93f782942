import { openAsBlob } from "node:fs";
import { createHelpdeskClient, isRefusal, refusalIn, type UploadError } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { systemRuntime } from "@helpdesk/server";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

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
