import { setTimeout as wait } from "node:timers/promises";
import { connect } from "@helpdesk/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MailInDesk, plainMail } from "../mail-in/mail-in.fixtures.ts";
import { eraseSome } from "./advance.ts";
import type { Erasing } from "./batch.ts";
import { inDatabase, inFiles } from "./everywhere.fixtures.ts";

let desk: MailInDesk;

beforeAll(async () => {
  desk = await MailInDesk.open();
});
afterAll(() => desk[Symbol.asyncDispose]());

async function erase(email: string, erasing: Erasing = desk.server.resources): Promise<boolean> {
  const [{ id: userId }] = await desk.sql<[{ id: string }]>`
    select u.id from users u join organizations o on o.id = u.organization_id where o.slug = 'demo' and email = ${email}`;
  const { erasures } = (await desk.server.as("sofia")).api;
  const { id } = await erasures.request.mutate({ userId, email });
  while ((await eraseSome(erasing)) > 0);
  return (await erasures.get.query({ erasureId: id })).isFinished;
}

const everywhere = async (...needles: string[]) => [
  ...(await inDatabase(desk.sql, needles)),
  ...(await inFiles(desk.server.resources.env.STORAGE_DIR, needles)),
];

test("of mails by somebody nothing is left, though the raw mail went before with somebody whom it named", async () => {
  const cc = "Gwendolina Vortigern <gwen@erased.example>";
  const stranger = { from: "gwen@erased.example", to: desk.support() };
  await desk.arrive(stranger, plainMail({ From: cc }, "Hello."));
  const mail = plainMail({ From: "Carl <carl@other.example>", Cc: cc }, "Flumbercarl wrote this.");
  const { id } = await desk.arrive({ from: "carl@other.example", to: desk.support() }, mail);
  const raw = async () => {
    const [row] = await desk.sql<[{ key: string }]>`
      select storage_key as key from inbound_mails where id = ${id}`;
    return row.key;
  };
  expect(await raw()).not.toBe("");
  expect(await erase("gwen@erased.example")).toBe(true);
  expect(await raw()).toBe("");
  expect(await everywhere("flumbercarl", "carl@other.example")).toContain(
    "public.inbound_mails.from_address: carl@other.example",
  );
  expect(await erase("carl@other.example")).toBe(true);
  expect(await everywhere("flumbercarl", "carl@other.example", "vortigern")).toEqual([]);
});

test("a raw mail of somebody else that names them at the beginning of a line goes, however it is encoded", async () => {
  const from = { from: "dora@other.example", to: desk.support() };
  await desk.arrive(
    { ...from, from: "h@erased.example" },
    plainMail({ From: "Hildegunst Mythen <h@erased.example>" }, "Hello."),
  );
  const encoded = (text: string) =>
    plainMail(
      {
        From: "dora@other.example",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "base64",
      },
      Buffer.from(text).toString("base64"),
    );
  const { id } = await desk.arrive(from, encoded("Good day,\nHildegunst Mythen called."));
  const { id: otherId } = await desk.arrive(from, encoded("Good day,\nnobody called."));
  expect(await erase("h@erased.example")).toBe(true);
  const rows =
    await desk.sql`select id from inbound_mails where storage_key <> '' and id in (${id}, ${otherId})`;
  expect(rows).toEqual([{ id: otherId }]);
});

test("a mail by them that nobody has looked into yet goes too, whoever sent it on", async () => {
  const from = "Isolde Ravenhorst <isolde@erased.example>";
  await desk.arrive(
    { from: "isolde@erased.example", to: desk.support() },
    plainMail({ From: from }, "Hello."),
  );
  const sent = { from: "bounces+17@lists.example", to: desk.support() };
  await desk.send(sent, plainMail({ From: from }, "Flumberwaiting."));
  expect(await everywhere("flumberwaiting")).toEqual(["file: flumberwaiting"]);
  expect(await erase("isolde@erased.example")).toBe(true);
  await desk.take();
  expect(await everywhere("flumberwaiting", "ravenhorst", "isolde@erased.example")).toEqual([]);
});

test("many files and a store that takes its time do not keep an erasure from its end", async () => {
  const { sql } = desk;
  const ticket = await desk.ticket("nora");
  const { id: userId, organizationId, email } = await desk.person("nora");
  await sql`
    insert into attachments (organization_id, id, ticket_id, name, storage_key, state, uploaded_by_id, created_at,
      attached_at, content_type, sha256)
    select ${organizationId}, gen_random_uuid(), ${ticket.id}, 'many.txt', 'attachments/many' || n, 'ready', ${userId},
      now(), now(), 'text/plain', repeat('a', 64) from generate_series(1, 150) n`;
  await desk.arrive(
    { from: "eve@other.example", to: desk.support() },
    plainMail({ From: "eve@other.example" }, "Hello."),
  );
  const store = desk.server.resources.files;
  const files = Object.create(store) as typeof store;
  files.has = (key) => store.has(key);
  files.remove = () => wait(20);
  let slowReads = 1;
  files.read = async (key) => {
    if (slowReads-- > 0) await wait(2_500);
    return store.read(key);
  };
  // As long as a transaction may wait, in small.
  const impatient = connect({ url: desk.server.database.url, max: 1 });
  try {
    await impatient`set idle_in_transaction_session_timeout = '2s'`;
    const { resources } = desk.server;
    const { id } = await (await desk.server.as("sofia")).api.erasures.request.mutate({ userId, email });
    while ((await eraseSome({ ...resources, sql: impatient, files })) > 0);
    const done = await (await desk.server.as("sofia")).api.erasures.get.query({ erasureId: id });
    expect(done).toMatchObject({ isFinished: true });
    expect(done.counts["attachments"]).toBe(150);
  } finally {
    await impatient.end();
  }
});
