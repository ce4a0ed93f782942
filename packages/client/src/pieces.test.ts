import { type HelpdeskApi, callOptions, createHelpdeskClient, failureOf } from "@helpdesk/client";
import { type Proxy, startProxy } from "@helpdesk/testing/proxy";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

const ben = { organization: "demo", email: "ben@lumen.example", password: "Demo-pass-2026!" };

let server: TestServer;
let proxy: Proxy;
let sessionId: string;

beforeAll(async () => {
  server = await startServer();
  proxy = await startProxy(server.url);
  const { api } = await server.as("ben");
  const { items } = await api.scenarios.list.query({ search: "authenticator" });
  sessionId = (await api.sessions.start.mutate({ scenarioId: items[0]!.id })).id;
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  proxy.fault = () => null;
});

async function signedIn(fetch?: typeof globalThis.fetch): Promise<HelpdeskApi> {
  const client = createHelpdeskClient({ url: proxy.url, ...(fetch && { fetch }) });
  await client.signIn(ben);
  proxy.passed.length = 0;
  return client.api;
}

/** All pieces of an answer, and why there are no more. */
async function say(api: HelpdeskApi, text: string, idempotencyKey?: string) {
  const pieces: string[] = [];
  try {
    const answer = await api.sessions.sayStreaming.mutate(
      { sessionId, text },
      callOptions({ idempotencyKey }),
    );
    for await (const { type } of answer) pieces.push(type);
    return { pieces, failure: null };
  } catch (error) {
    return { pieces, failure: failureOf(error) };
  }
}

const said = async (text: string) => {
  const { events } = await (await server.as("ben")).api.sessions.get.query({ sessionId });
  return events.filter((event) => "text" in event && event.text === text).length;
};

const unreachable = { kind: "unreachable", httpStatus: null };

test("an answer that is cut among its pieces is unreachable, and asked again with its key it is whole", async () => {
  const api = await signedIn();
  proxy.fault = () => ({ kind: "cut_answer" });
  const first = await say(api, "Who are you?", "cut");
  expect(first.failure).toEqual(unreachable);
  expect(first.pieces).not.toContain("done");
  proxy.fault = () => null;
  const again = await say(api, "Who are you?", "cut");
  expect(again).toMatchObject({ failure: null });
  expect([again.pieces[0], again.pieces.at(-1)]).toEqual(["accepted", "done"]);
  expect(await said("Who are you?")).toBe(1);
});

test("an answer in pieces that is lost before its beginning is asked again, and done once", async () => {
  const api = await signedIn();
  proxy.fault = ({ index }) => (index === 0 ? { kind: "drop_answer" } : null);
  expect(await say(api, "What is your badge number?")).toMatchObject({ failure: null });
  expect(proxy.passed).toHaveLength(2);
  expect(await said("What is your badge number?")).toBe(1);
});

test.each([0, 1, 2, 3])("an answer that ends in due form after line %i is no whole one", async (lines) => {
  const ending: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!new Request(input, init).url.includes("sayStreaming")) return response;
    const whole = (await response.text()).split("\n");
    expect(whole.length).toBeGreaterThan(lines + 1);
    const begun = whole.slice(0, lines).map((line) => `${line}\n`);
    return new Response(begun.join(""), { headers: response.headers });
  };
  const answer = await say(await signedIn(ending), `Line ${lines}?`);
  expect(answer.failure).toEqual(unreachable);
  expect(answer.pieces).not.toContain("done");
  expect(await said(`Line ${lines}?`)).toBe(1);
});

test("who leaves in the middle of an answer has not lost the server", async () => {
  const stalling: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!new Request(input, init).url.includes("sayStreaming")) return response;
    const lines = (await response.text()).split("\n");
    const begun = lines.slice(0, 1 + lines.findIndex((line) => line.includes("accepted"))).join("\n");
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(`${begun}\n`));
        init!.signal!.addEventListener("abort", () => controller.error(init!.signal!.reason));
      },
    });
    return new Response(body, { headers: response.headers });
  };
  const api = await signedIn(stalling);
  const leaving = new AbortController();
  const input = { sessionId, text: "Goodbye?" };
  const told: string[] = [];
  const failure = await (async () => {
    for await (const { type } of await api.sessions.sayStreaming.mutate(input, { signal: leaving.signal })) {
      told.push(type);
      leaving.abort();
    }
    return null;
  })().catch(failureOf);
  expect(told).toEqual(["accepted"]);
  expect(failure).toEqual({ kind: "aborted" });
});
