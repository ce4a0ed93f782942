import { randomUUIDv7 } from "node:crypto";
import { outboxPage } from "@helpdesk/db";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Bench, openBench } from "./delivering.fixtures.ts";
import { fanOut } from "./fan-out.ts";

let bench: Bench;
let organizationId: string;

beforeAll(async () => {
  bench = await openBench();
  const [row] = await bench.server.resources.sql<{ id: string }[]>`
    select id from organizations where slug = 'demo'`;
  organizationId = row!.id;
});
afterAll(() => bench[Symbol.asyncDispose]());
afterEach(async () => void (await bench.server.resources.sql`delete from webhooks`));

const all = async () => {
  while (await fanOut(bench.delivering));
};

const made = async (webhookId: string) =>
  (
    await bench.server.resources.sql<{ eventId: string }[]>`
      select event_id as "eventId" from webhook_deliveries where webhook_id = ${webhookId} order by created_at, event_id`
  ).map(({ eventId }) => eventId);

const eventRow = (sequence: number) => ({
  organization_id: organizationId,
  id: randomUUIDv7(),
  ticket_id: randomUUIDv7(),
  sequence,
  kind: "reply_added",
  at: bench.now(),
});

test("without a webhook nothing is locked or written", async () => {
  await bench.openTicket("Nobody is told");
  expect(await fanOut(bench.delivering)).toBe(false);
  expect(await bench.server.resources.sql`select from outbox_cursors`).toHaveLength(0);
});

test("an event that is committed after later ones were read is not missed, and none is met twice", async () => {
  const { sql } = bench.server.resources;
  const webhook = await bench.makeWebhook();
  const late = eventRow(1);
  const soon = eventRow(1);
  const written = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const slow = sql.begin(async (transaction) => {
    await transaction`insert into events ${transaction(late)}`;
    written.resolve();
    await commit.promise;
  });
  await written.promise;
  await sql`insert into events ${sql(soon)}`;
  await all();
  expect(await made(webhook.id)).toEqual([soon.id]);
  commit.resolve();
  await slow;
  await all();
  await all();
  expect((await made(webhook.id)).toSorted()).toEqual([late.id, soon.id].toSorted());
});

test("more than a page is read on from where the page ended, by whoever comes next", async () => {
  const { sql } = bench.server.resources;
  const webhook = await bench.makeWebhook();
  const rows = Array.from({ length: outboxPage * 2 + 50 }, () => eventRow(1));
  for (let at = 0; at < rows.length; at += 500)
    await sql`insert into events ${sql(rows.slice(at, at + 500))}`;
  expect(await fanOut(bench.delivering)).toBe(true);
  // What comes while there is a backlog comes after it.
  const later = eventRow(1);
  await sql`insert into events ${sql(later)}`;
  await all();
  await all();
  expect(new Set(await made(webhook.id))).toEqual(new Set([...rows, later].map(({ id }) => id)));
  expect(await made(webhook.id)).toHaveLength(rows.length + 1);
});

test("a page that many webhooks want is written by small statements, so that none is too slow for ever", async () => {
  const { sql } = bench.server.resources;
  const webhooks = [await bench.makeWebhook(), await bench.makeWebhook(), await bench.makeWebhook()];
  await all();
  const rows = Array.from({ length: outboxPage }, () => eventRow(1));
  for (let at = 0; at < rows.length; at += 500)
    await sql`insert into events ${sql(rows.slice(at, at + 500))}`;
  await sql.unsafe(`
    create table statement_sizes (size int);
    create function note_size() returns trigger language plpgsql as
      'begin insert into statement_sizes select count(*) from made; return null; end';
    create trigger sizes after insert on webhook_deliveries referencing new table as made
      for each statement execute function note_size()`);
  await all();
  const sizes = (await sql<{ size: number }[]>`select size from statement_sizes`).map(({ size }) => size);
  await sql.unsafe(
    "drop trigger sizes on webhook_deliveries; drop function note_size; drop table statement_sizes",
  );
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2_000);
  for (const { id } of webhooks) expect(await made(id)).toHaveLength(outboxPage);
});

test("while many write and many read, each event is there once for each webhook that wants it, and for none of another organization", async () => {
  const [wide, narrow] = [
    await bench.makeWebhook(),
    await bench.makeWebhook({ eventKinds: ["reply_added"], url: bench.receiver.url("/narrow") }),
  ];
  const theirs = await bench.makeWebhook({}, "ingrid");
  let writing = true;
  const readers = Array.from({ length: 4 }, async () => {
    while (writing) await fanOut(bench.delivering);
  });
  await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const ticketId = await bench.openTicket(`Written ${n}`);
      for (let answer = 0; answer < 5; answer++) await bench.reply(ticketId, `Answer ${answer}`);
    }),
  );
  writing = false;
  await Promise.all(readers);
  await all();
  const events = await bench.server.resources.sql<{ id: string; kind: string }[]>`
    select id, kind from events where organization_id = ${organizationId} and sequence is not null
      and at >= ${wide.createdAt}`;
  expect(events.length).toBeGreaterThanOrEqual(48);
  expect((await made(wide.id)).toSorted()).toEqual(events.map(({ id }) => id).toSorted());
  const replies = events.filter(({ kind }) => kind === "reply_added").map(({ id }) => id);
  expect((await made(narrow.id)).toSorted()).toEqual(replies.toSorted());
  expect(await made(theirs.id)).toEqual([]);
});

test("what fails half way leaves the cursor where it was", async () => {
  const { sql } = bench.server.resources;
  const webhook = await bench.makeWebhook();
  const row = eventRow(1);
  await sql`insert into events ${sql(row)}`;
  const broken = { ...bench.delivering.runtime, newId: () => "no id" };
  await expect(fanOut({ ...bench.delivering, runtime: broken })).rejects.toThrow(/uuid/);
  expect(await made(webhook.id)).toEqual([]);
  await all();
  expect(await made(webhook.id)).toEqual([row.id]);
});
