import { randomUUID } from "node:crypto";
import { accessTokenOf, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sweepExpired } from "../worker/sweep-expired.ts";
import { type Sending, countOf, dataOf, refusalOf, sendTo } from "./sending.fixtures.ts";

let server: TestServer;
let nora: string;
let sofia: string;

beforeAll(async () => {
  server = await startServer();
  nora = await accessTokenOf(server.url, "nora");
  sofia = await accessTokenOf(server.url, "sofia");
});

afterAll(() => server[Symbol.asyncDispose]());

const send = (path: string, input: unknown, { token = nora, ...rest }: Partial<Sending> = {}) =>
  sendTo(server, path, input, { token, ...rest });
const count = (table: string) => countOf(server, table);

const opening = { title: "Once", description: "" };
const newTicket = async (token = sofia) =>
  dataOf<{ id: string; version: number }>(await send("tickets.open", opening, { token }));

describe("a mutation sent again with its key", () => {
  test("is answered the same, byte for byte, and done once", async () => {
    const before = await count("tickets");
    const key = randomUUID();
    const first = await send("tickets.open", opening, { key });
    expect(first).toMatchObject({ status: 200, replayed: null });
    expect(await send("tickets.open", opening, { key })).toEqual({ ...first, replayed: "true" });
    expect(await count("tickets")).toBe(before + 1);
  });

  test("is done again without the key, or with another", async () => {
    const before = await count("tickets");
    await send("tickets.open", opening);
    await send("tickets.open", opening);
    await send("tickets.open", opening, { key: randomUUID() });
    await send("tickets.open", opening, { key: randomUUID() });
    expect(await count("tickets")).toBe(before + 4);
  });

  test("is known by what its input says, not by the order of its words", async () => {
    const key = randomUUID();
    const first = await send("tickets.open", { title: "A", description: "B" }, { key });
    const second = await send("tickets.open", { description: "B", title: "A" }, { key });
    expect(second).toEqual({ ...first, replayed: "true" });
  });

  test("is answered as it was, whatever has become of things since: done or refused", async () => {
    const { id: ticketId } = await newTicket();
    const [done, refused] = [randomUUID(), randomUUID()];
    const setHigh = (key: string) =>
      send("tickets.setPriority", { ticketId, version: 1, priority: "high" }, { key, token: sofia });
    const first = await setHigh(done);
    expect(first.status).toBe(200);
    const second = await setHigh(refused);
    expect(refusalOf(second)).toBe("version.conflict");
    await send("tickets.setPriority", { ticketId, version: 2, priority: "low" }, { token: sofia });
    expect(await setHigh(done)).toEqual({ ...first, replayed: "true" });
    expect(await setHigh(refused)).toEqual({ ...second, replayed: "true" });
    expect(await setHigh(randomUUID())).toMatchObject({ status: 409, replayed: null });
  });

  test("at the same instant has one effect, and all are told the same", async () => {
    const before = await count("tickets");
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => send("tickets.open", opening, { key })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
    expect(await count("tickets")).toBe(before + 1);
  });

  test("streams the same pieces", async () => {
    const [scenario] = await server.resources.sql<{ id: string }[]>`
      select s.id from scenarios s join organizations o on o.id = s.organization_id
      where o.slug = 'demo' and s.state = 'active' and cardinality(s.prerequisites) = 0 limit 1`;
    const token = await accessTokenOf(server.url, "ben");
    const started = await send("sessions.start", { scenarioId: scenario!.id }, { token });
    const { id: sessionId } = dataOf<{ id: string }>(started);
    const key = randomUUID();
    const say = () =>
      send(
        "sessions.sayStreaming?batch=1",
        { 0: { sessionId, text: "Hello, how can I help?" } },
        {
          key,
          token,
          headers: { "trpc-accept": "application/jsonl" },
        },
      );
    const first = await say();
    const events = await count("training_events");
    expect(first.text).toContain('"done"');
    expect((await say()).text).toBe(first.text);
    expect(await count("training_events")).toBe(events);
    await send("sessions.abandon", { sessionId }, { token });
  });
});

describe("a key", () => {
  test("that was used for another input or another procedure is refused, and nothing is done", async () => {
    const { id: ticketId } = await newTicket();
    const key = randomUUID();
    await send("tickets.reply", { ticketId, body: "One" }, { key, token: sofia });
    const before = await count("ticket_comments");
    const other = await send("tickets.reply", { ticketId, body: "Two" }, { key, token: sofia });
    expect([other.status, refusalOf(other)]).toEqual([422, "idempotency.key_reused"]);
    expect(refusalOf(await send("tickets.addNote", { ticketId, body: "One" }, { key, token: sofia }))).toBe(
      "idempotency.key_reused",
    );
    expect(await count("ticket_comments")).toBe(before);
  });

  test("is one person's own: with another's it is another key", async () => {
    const key = randomUUID();
    const before = await count("tickets");
    const [hers, his] = [
      await send("tickets.open", opening, { key }),
      await send("tickets.open", opening, { key, token: sofia }),
    ];
    expect([hers.replayed, his.replayed]).toEqual([null, null]);
    expect(await count("tickets")).toBe(before + 2);
  });

  test("of a request that was no good is still to be used", async () => {
    const key = randomUUID();
    expect(refusalOf(await send("tickets.open", { title: "" }, { key }))).toBe("input.invalid");
    expect(refusalOf(await send("tickets.open", opening, { key, token: "nobody" }))).toBe("auth.required");
    expect(await send("tickets.open", opening, { key })).toMatchObject({ status: 200, replayed: null });
  });

  test("of a query says nothing", async () => {
    const response = await fetch(`${server.url}/trpc/auth.me`, {
      headers: { authorization: `Bearer ${nora}`, "idempotency-key": "for-a-query" },
    });
    expect([response.status, response.headers.get("idempotent-replayed")]).toEqual([200, null]);
  });

  test.for(["a,b", "x".repeat(256), "two words", "\u00e9"])("that is none is said to be: %j", async (key) => {
    const before = await count("tickets");
    expect(refusalOf(await send("tickets.open", opening, { key }))).toBe("input.invalid");
    expect(await count("tickets")).toBe(before);
  });

  test("is kept for a day; then it is free, and its row goes", async () => {
    const key = randomUUID();
    const first = await send("tickets.open", opening, { key });
    await server.resources
      .sql`update idempotency_keys set expires_at = expires_at - interval '23 hours 59 minutes'`;
    expect((await send("tickets.open", opening, { key })).text).toBe(first.text);
    await server.resources.sql`update idempotency_keys set expires_at = expires_at - interval '1 minute'`;
    const next = await send("tickets.open", opening, { key });
    expect(next).toMatchObject({ status: 200, replayed: null });
    expect(next.text).not.toBe(first.text);
    expect((await send("tickets.open", opening, { key })).text).toBe(next.text);
    await server.resources
      .sql`update idempotency_keys set expires_at = expires_at - interval '1 day 61 seconds'`;
    const stored = await count("idempotency_keys");
    expect(stored).toBeGreaterThan(0);
    expect(await sweepExpired(server.resources)).toMatchObject({ idempotencyKeys: stored });
    expect(await count("idempotency_keys")).toBe(0);
  });
});

describe("a batch", () => {
  const batch = (keys: string) =>
    send(
      "tickets.open,tickets.open,tickets.open?batch=1",
      { 0: opening, 1: opening, 2: opening },
      { key: keys },
    );

  test("has a key a call; a call without one is done again", async () => {
    const before = await count("tickets");
    const keys = `${randomUUID()},,${randomUUID()}`;
    const first = await batch(keys);
    const second = await batch(keys);
    const [a, b, c] = JSON.parse(first.text) as unknown[];
    const [d, e, f] = JSON.parse(second.text) as unknown[];
    expect([d, f]).toEqual([a, c]);
    expect(e).not.toEqual(b);
    expect([first.replayed, second.replayed]).toEqual([null, "true,,true"]);
    expect(await count("tickets")).toBe(before + 4);
  });

  test("takes no more keys than it has calls", async () => {
    expect((await batch("a,b,c,d")).text).toContain('"input.invalid"');
  });
});

test("work that conflicts is done again as a whole, under one key", async () => {
  const { sql } = server.resources;
  await sql`create sequence hiccups`;
  await sql`create function hiccup() returns trigger language plpgsql as $$
    begin if nextval('hiccups') <= 2 then raise exception 'as asked' using errcode = '40001'; end if; return new; end $$`;
  await sql`create trigger hiccup before insert on tickets for each row execute function hiccup()`;
  try {
    const before = await count("tickets");
    const key = randomUUID();
    const first = await send("tickets.open", opening, { key });
    expect(first.status).toBe(200);
    expect(await send("tickets.open", opening, { key })).toEqual({ ...first, replayed: "true" });
    expect(await count("tickets")).toBe(before + 1);
  } finally {
    await sql`drop trigger hiccup on tickets`;
    await sql`drop function hiccup()`;
    await sql`drop sequence hiccups`;
  }
});
