import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { type IncomingMessage, get } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type TestServer, accessTokenOf, inParallel, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildApp } from "../app.ts";
import { openResources } from "../resources.ts";
import type { TicketChange } from "../tickets/on-change.ts";
import { reading } from "./reading.fixtures.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A stream's answer that nobody has begun to read. */
async function openStream(url: string, ticketId: string, accessToken: string): Promise<IncomingMessage> {
  const input = encodeURIComponent(JSON.stringify({ ticketId }));
  const headers = { accept: "text/event-stream", authorization: `Bearer ${accessToken}` };
  const [response] = (await once(
    get(`${url}/trpc/tickets.onChange?input=${input}`, { headers, agent: false }),
    "response",
  )) as [IncomingMessage];
  return response.setEncoding("utf8");
}

const messagesIn = (text: string): TicketChange[] =>
  text
    .split("\n\n")
    .slice(0, -1)
    .filter((block) => block.includes("data: {") && !block.includes("event: "))
    .map((block) => JSON.parse(/^data: (.*)$/m.exec(block)![1]!) as TicketChange);

const REPLIES = 120;
const BODY_CHARACTERS = 60_000;

test("a reader who does not read fills no memory and holds up nobody, and has every entry in order once they read on", async () => {
  const nora = (await server.as("nora")).api;
  const ben = (await server.as("ben")).api;
  const { id: ticketId } = await nora.tickets.open.mutate({ title: "Long", description: "" });
  const sockets: Socket[] = [];
  const onRequest = (message: unknown) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    if (request.url!.includes("tickets.onChange")) sockets.push(socket);
  };
  subscribe("http.server.request.start", onRequest);
  const response = await openStream(server.url, ticketId, await accessTokenOf(server.url, "ben"));
  unsubscribe("http.server.request.start", onRequest);
  const [socket] = sockets;
  await once(response, "readable");
  let text = String(response.read());

  const prompt = reading<TicketChange>((handlers) => ben.tickets.onChange.subscribe({ ticketId }, handlers));
  await prompt.until(({ length }) => length > 0);
  let most = 0;
  await inParallel(
    4,
    Array.from({ length: REPLIES }, (_, i) => i),
    async (i) => {
      await nora.tickets.reply.mutate({ ticketId, body: `${i} `.padEnd(BODY_CHARACTERS, "a") });
      most = Math.max(most, socket!.writableLength);
    },
  );
  await prompt.until((all) => all.flatMap(({ entries }) => entries).length === REPLIES);
  prompt.stop();
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan((REPLIES * BODY_CHARACTERS) / 4);

  const told = () => messagesIn(text).flatMap(({ entries }) => entries.map(({ id }) => id));
  for await (const piece of response) {
    text += String(piece);
    if (text.endsWith("\n\n") && told().length >= REPLIES) break;
  }
  const rows = await server.resources.sql<{ id: string }[]>`
    select id from ticket_history where ticket_id = ${ticketId} and sequence > 1 order by sequence`;
  expect(told()).toEqual(rows.map(({ id }) => id));
});

test("a process with open streams closes at once, and tells its readers to come again", async () => {
  const resources = await openResources(server.resources.env, "closing");
  const app = await buildApp(resources);
  await app.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const nora = (await server.as("nora")).api;
  const { id: ticketId } = await nora.tickets.open.mutate({ title: "Closing", description: "" });
  const accessToken = await accessTokenOf(url, "nora");
  const ends = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const response = await openStream(url, ticketId, accessToken);
      let text = "";
      const isTold = Promise.withResolvers<void>();
      response.on("data", (piece) => {
        text += String(piece);
        if (messagesIn(text).length > 0) isTold.resolve();
      });
      const end = once(response, "end").then(() => text);
      await isTold.promise;
      return { end };
    }),
  );
  expect(resources.realtime.size).toBe(20);
  await app.close();
  for (const { end } of ends) {
    expect(await end).toContain('"refusal":{"code":"service.unavailable"}');
    expect(await end).not.toMatch(/INTERNAL_SERVER_ERROR|event: return/);
  }
  expect(resources.realtime.size).toBe(0);
  await resources.close();
});
