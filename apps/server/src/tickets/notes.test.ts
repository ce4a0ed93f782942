import type { Instant } from "@helpdesk/domain";
import { accessTokenOf, call, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";

let server: TestServer;
let now: Instant = "2026-05-22T13:00:00.000Z";
const tokens: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer({
    runtime: { ...systemRuntime, now: () => now },
  });
  for (const name of ["nora", "ben"]) tokens[name] = await accessTokenOf(server.url, name);
});
afterAll(() => server[Symbol.asyncDispose]());

interface Ticket {
  id: string;
  updatedAt: Instant;
}

async function act(name: string, type: string, path: string, input: object): Promise<string> {
  const answer = await call(server.url, { path, type, input, accessToken: tokens[name]! });
  if (answer.outcome !== "ok") throw new Error(`${path}: ${answer.text}`);
  return answer.text;
}

const ticketIn = (text: string): Ticket => (JSON.parse(text) as { result: { data: Ticket } }).result.data;

/** Everything that Nora can read of the ticket, byte for byte. */
const readByNora = async (ticketId: string) => ({
  get: await act("nora", "query", "tickets.get", { ticketId }),
  timeline: await act("nora", "query", "tickets.timeline", { ticketId }),
  list: await act("nora", "query", "tickets.list", { orderBy: "updated_at" }),
  notifications: await act("nora", "query", "notifications.list", {}),
});

test("a note leaves every answer to the customer as it was, even where a clock has run out; a reply does not", async () => {
  const open = { title: "A quiet matter", description: "", priority: "urgent" };
  const { id: ticketId } = ticketIn(await act("nora", "mutation", "tickets.open", open));
  await act("nora", "mutation", "tickets.open", { ...open, title: "A later one" });
  now = "2026-05-22T13:05:00.000Z";
  await act("ben", "mutation", "tickets.addNote", { ticketId, body: "First of all" });
  await act("nora", "mutation", "tickets.reply", { ticketId, body: "Hello?" });

  now = "2026-06-01T09:00:00.000Z";
  for (const name of ["nora", "ben"]) tokens[name] = await accessTokenOf(server.url, name);
  const before = await readByNora(ticketId);
  expect(before.get).toContain('"isFirstResponseBreached":true');
  for (const body of ["Between us", "and between us again"])
    await act("ben", "mutation", "tickets.addNote", { ticketId, body });
  expect(await readByNora(ticketId)).toEqual(before);

  await act("ben", "mutation", "tickets.reply", { ticketId, body: "Here I am." });
  const after = await readByNora(ticketId);
  for (const key of ["get", "timeline", "list", "notifications"] as const) {
    expect(after[key]).not.toBe(before[key]);
  }
});

test("events do not go back in time behind a note", async () => {
  const { id: ticketId } = ticketIn(
    await act("nora", "mutation", "tickets.open", { title: "In order", description: "" }),
  );
  now = "2026-06-01T09:00:05.000Z";
  await act("ben", "mutation", "tickets.addNote", { ticketId, body: "By a clock ahead" });
  now = "2026-06-01T09:00:03.000Z";
  const { updatedAt } = ticketIn(
    await act("ben", "mutation", "tickets.reply", { ticketId, body: "By ours" }),
  );
  expect(updatedAt).toBe("2026-06-01T09:00:05.000Z");
});
