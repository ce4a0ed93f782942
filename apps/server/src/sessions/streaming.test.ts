import { type HelpdeskApi, createHelpdeskClient, isRefusal } from "@helpdesk/client";
import { type TestServer, accessTokenOf, call, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scenarioOf } from "./playing.fixtures.ts";

let server: TestServer;
let ben: HelpdeskApi;
let sessionId: string;

beforeAll(async () => {
  server = await startServer();
  ben = (await server.as("ben")).api;
  const { id: scenarioId } = await scenarioOf(server.resources.sql, "lost-authenticator");
  sessionId = (await ben.sessions.start.mutate({ scenarioId })).id;
});

afterAll(() => server[Symbol.asyncDispose]());

const log = async () => (await ben.sessions.get.query({ sessionId })).events;

test("an answer comes in pieces that together are the answer in the log, and says at its end what the move did", async () => {
  const pieces = [];
  for await (const piece of await ben.sessions.sayStreaming.mutate({ sessionId, text: "Hello!" }))
    pieces.push(piece);
  const [, said, answered] = await log();
  expect(pieces[0]).toEqual({ type: "accepted", sequence: said!.sequence });
  const words = pieces.flatMap((piece) => (piece.type === "text" ? [piece.text] : []));
  expect(words.join("")).toBe(answered!.kind === "customer_said" && answered!.text);
  expect(words.length).toBeGreaterThan(1);
  const last = pieces.at(-1)!;
  expect(last.type === "done" && last.move.events).toEqual([said, answered]);
});

test("all is written before the first piece: who stops reading there has lost nothing", async () => {
  const before = (await log()).length;
  const stream = await ben.sessions.sayStreaming.mutate({
    sessionId,
    text: "Which department do you work in?",
  });
  for await (const piece of stream) {
    expect(piece.type).toBe("accepted");
    break;
  }
  expect(await log()).toHaveLength(before + 2);
});

test("a refusal of a streamed message is the same typed refusal", async () => {
  const other = await server.as("yuki");
  await expect(other.api.sessions.sayStreaming.mutate({ sessionId, text: "Hello!" })).rejects.toSatisfy(
    (error) => isRefusal(error, "session.not_found"),
  );
});

test("a caller who cannot read a stream is told so before anything is written", async () => {
  const before = (await log()).length;
  const accessToken = await accessTokenOf(server.url, "ben");
  const response = await fetch(`${server.url}/trpc/sessions.sayStreaming`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ sessionId, text: "Hello!" }),
  });
  expect(response.status).toBe(415);
  expect(await log()).toHaveLength(before);
  const answer = await call(server.url, {
    path: "sessions.sayStreaming",
    type: "mutation",
    input: { sessionId, text: "Are you still there?" },
    accessToken,
  });
  expect(answer.outcome).toBe("ok");
  expect(await log()).toHaveLength(before + 2);
});

test("other calls beside a stream still travel in one request", async () => {
  const paths: string[] = [];
  const counted: typeof fetch = (input, init) => {
    paths.push(new URL(new Request(input, init).url).pathname);
    return fetch(input, init);
  };
  const client = createHelpdeskClient({ url: server.url, fetch: counted });
  await client.signIn({ organization: "demo", email: "ben@lumen.example", password: "Demo-pass-2026!" });
  paths.length = 0;
  await Promise.all([
    client.api.sessions.sayStreaming.mutate({ sessionId, text: "One moment, please." }),
    client.api.sessions.get.query({ sessionId }),
    client.api.sessions.list.query({}),
  ]);
  expect(paths.toSorted()).toEqual(["/trpc/sessions.get,sessions.list", "/trpc/sessions.sayStreaming"]);
});
