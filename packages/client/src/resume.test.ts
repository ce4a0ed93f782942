import { createHelpdeskClient, failureOf } from "@helpdesk/client";
import { type Proxy, startProxy } from "@helpdesk/testing/proxy";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import { EventSource } from "eventsource";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const nora = { organization: "demo", email: "nora@brightbakery.example", password: "Demo-pass-2026!" };

let server: TestServer;
let proxy: Proxy;

beforeAll(async () => {
  server = await startServer();
  proxy = await startProxy(server.url);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

test.each([
  ["by fetch", undefined],
  ["by an EventSource, which sends no header,", EventSource],
])("a stream read %s and cut again and again tells every entry once and in order", async (_, reader) => {
  const client = createHelpdeskClient({ url: proxy.url, EventSource: reader });
  await client.signIn(nora);
  const ben = await server.as("ben");
  const { id: ticketId } = await client.api.tickets.open.mutate({ title: "Followed", description: "" });
  await ben.api.tickets.take.mutate({ ticketId });
  proxy.passed.length = 0;
  const heard: string[] = [];
  let isOpen = false;
  const stream = client.api.tickets.onChange.subscribe(
    { ticketId },
    {
      onData: ({ data }) => {
        isOpen = true;
        heard.push(...data.entries.flatMap(({ comment }) => comment?.body ?? []));
      },
      onError: (error) => heard.push(JSON.stringify(failureOf(error))),
    },
  );
  await vi.waitFor(() => expect(isOpen).toBe(true));
  const said = Array.from({ length: 30 }, (_, index) => `Entry ${index}`);
  for (const [index, body] of said.entries()) {
    await ben.api.tickets.reply.mutate({ ticketId, body });
    if (index % 5 === 0) proxy.cutAll();
  }
  await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(said.length));
  stream.unsubscribe();
  expect(heard).toEqual(said);
  const connections = proxy.passed.filter(({ path }) => path.includes("onChange"));
  expect(connections.length).toBeGreaterThan(1);
  expect(connections.every(({ path }) => /connectionParams/.test(path) === (reader !== undefined))).toBe(
    true,
  );
});

test("a stream ends for a refusal, and says which: what one may not see, and a session that was signed out", async () => {
  const client = createHelpdeskClient({ url: proxy.url });
  await client.signIn(nora);
  const ends = (ticketId: string) =>
    new Promise((resolve) => {
      const onError = (error: unknown) => resolve(failureOf(error));
      client.api.tickets.onChange.subscribe({ ticketId }, { onError });
    });
  expect(await ends(crypto.randomUUID())).toEqual({ kind: "refused", refusal: { code: "ticket.not_found" } });
  const { id } = await client.api.tickets.open.mutate({ title: "Signed out", description: "" });
  const ended = ends(id);
  const elsewhere = createHelpdeskClient({ url: server.url });
  await elsewhere.signIn(nora);
  await elsewhere.api.auth.signOutEverywhere.mutate();
  expect(await ended).toEqual({ kind: "refused", refusal: { code: "auth.required" } });
});
