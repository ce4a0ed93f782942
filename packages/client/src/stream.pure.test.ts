import { type MessageOf, failureOf } from "@helpdesk/client";
import { createTestClient } from "@helpdesk/client/testing";
import { expect, test, vi } from "vitest";
import { readEvents } from "./event-stream.ts";

const ticketId = "0198c0de-0000-7000-8000-000000000001";
const message = (id: string) => ({ id, data: { entries: [] } }) as unknown as MessageOf<"tickets.onChange">;

/** A subscription with all that it told. */
function following(test: ReturnType<typeof createTestClient>) {
  const told: string[] = [];
  const states: string[] = [];
  const subscription = test.client.api.tickets.onChange.subscribe(
    { ticketId },
    {
      onData: ({ id }) => told.push(id),
      onError: (error) => told.push(JSON.stringify(failureOf(error))),
      onComplete: () => told.push("complete"),
      onConnectionStateChange: ({ state }) => states.push(state),
    },
  );
  return { told, states, subscription };
}

const opened = (test: ReturnType<typeof createTestClient>, times: number) =>
  vi.waitFor(() => expect(test.calls.filter(({ type }) => type === "subscription")).toHaveLength(times));

test("a stream that was cut goes on after the last message that came", async () => {
  const server = createTestClient({});
  const { told, states } = following(server);
  await vi.waitFor(() => expect(server.push("tickets.onChange", message("1"))).toBe(1));
  server.push("tickets.onChange", message("2"));
  await vi.waitFor(() => expect(told).toEqual(["1", "2"]));
  server.isOffline = true;
  await vi.waitFor(() => expect(states.at(-1)).toBe("connecting"));
  server.isOffline = false;
  await opened(server, 2);
  await vi.waitFor(() => expect(server.push("tickets.onChange", message("3"))).toBe(1));
  await vi.waitFor(() => expect(told).toEqual(["1", "2", "3"]));
  expect(server.inputsOf("tickets.onChange")).toEqual([{ ticketId }, { ticketId, lastEventId: "2" }]);
});

test("a stream is open once it says from where it reads: one that was cut before that was not", async () => {
  const server = createTestClient({});
  const { told, states } = following(server);
  await opened(server, 1);
  server.isOffline = true;
  await vi.waitFor(() => expect(states.length).toBeGreaterThan(1));
  server.isOffline = false;
  await opened(server, 2);
  expect(states).not.toContain("pending");
  await vi.waitFor(() => expect(server.push("tickets.onChange", message("1"))).toBe(1));
  await vi.waitFor(() => expect(told).toEqual(["1"]));
  expect(states.at(-1)).toBe("pending");
  server.isOffline = true;
  await vi.waitFor(() => expect(states.at(-1)).toBe("connecting"));
  server.isOffline = false;
  await vi.waitFor(() => expect(states.at(-1)).toBe("pending"));
  expect(server.inputsOf("tickets.onChange").at(-1)).toEqual({ ticketId, lastEventId: "1" });
});

test("a refusal ends a stream, and is told", async () => {
  const server = createTestClient({
    "tickets.onChange": ({ refuse }) => refuse({ code: "ticket.not_found" }),
  });
  const { told } = following(server);
  const refused = JSON.stringify({ kind: "refused", refusal: { code: "ticket.not_found" } });
  await vi.waitFor(() => expect(told).toEqual([refused]));
  expect(server.calls).toHaveLength(1);
});

test("a stream in which the server fails is opened again", async () => {
  let fails = 2;
  const server = createTestClient({
    "tickets.onChange": async function* ({ refuse }) {
      if (fails-- > 0) refuse({ code: "service.unavailable" });
      yield message("1");
    },
  });
  const { told } = following(server);
  await vi.waitFor(() => expect(told).toEqual(["1"]));
  expect(server.calls).toHaveLength(3);
});

test("a stream that its reader leaves is closed on the server", async () => {
  const server = createTestClient({});
  const { told, subscription } = following(server);
  await vi.waitFor(() => expect(server.push("tickets.onChange", message("1"))).toBe(1));
  await vi.waitFor(() => expect(told).toEqual(["1"]));
  subscription.unsubscribe();
  await vi.waitFor(() => expect(server.push("tickets.onChange", message("2"))).toBe(0));
  expect(told).toEqual(["1", "complete"]);
  expect(server.calls).toHaveLength(1);
});

test("a stream is an async iterable too, and ends with the loop over it", async () => {
  const server = createTestClient({
    "tickets.onChange": async function* () {
      yield message("1");
      yield message("2");
    },
  });
  const told: string[] = [];
  for await (const { id } of server.client.api.tickets.onChange.subscribe({ ticketId })) {
    told.push(id);
    if (id === "2") break;
  }
  expect(told).toEqual(["1", "2"]);
  await vi.waitFor(() => expect(server.push("tickets.onChange", message("3"))).toBe(0));
});

test("events are read the same however their bytes are cut", async () => {
  const text =
    'event: connected\ndata: {}\n\n\nid: 7\ndata: {"ü": 1}\n\n: ping\n\ndata: a\r\ndata: b\r\n\r\n';
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size <= bytes.length; size += 1) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.slice(index * size, (index + 1) * size),
    );
    const events = await Array.fromAsync(
      readEvents(ReadableStream.from(pieces) as ReadableStream<Uint8Array>),
    );
    expect(events).toEqual([
      { event: "connected", data: "{}", lastEventId: "" },
      { event: "message", data: '{"ü": 1}', lastEventId: "7" },
      { event: "message", data: "a\nb", lastEventId: "7" },
    ]);
  }
});

test("a stream that is refused for its token is opened with a new one, and goes on where it was", async () => {
  let valid = "test";
  const grant = { refreshToken: "next", expiresAt: "9999-12-31T23:59:59.999Z", user: {} };
  const server = createTestClient({
    "auth.refresh": () => ({ ...grant, accessToken: (valid = "fresh") }) as never,
    "tickets.onChange": async function* ({ input, refuse }) {
      if (valid === "over") refuse({ code: "auth.required" });
      yield message(input.lastEventId ? "2" : "1");
      if (valid === "fresh") return;
      valid = "over";
      refuse({ code: "auth.required" });
    },
  });
  const { told } = following(server);
  await vi.waitFor(() => expect(told).toEqual(["1", "2"]));
  expect(server.calls.map(({ path }) => path)).toEqual([
    "tickets.onChange",
    "tickets.onChange",
    "auth.refresh",
    "tickets.onChange",
  ]);
  expect(server.inputsOf("tickets.onChange").map(({ lastEventId }) => lastEventId)).toEqual([
    undefined,
    "1",
    "1",
  ]);
});
