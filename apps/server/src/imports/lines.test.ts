import { setTimeout as wait } from "node:timers/promises";
import { connect } from "@helpdesk/db";
import { importAttempts, importRetrySeconds, plusSeconds } from "@helpdesk/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { claim } from "./claim.ts";
import { type ImportBench, openImportBench } from "./importing.fixtures.ts";
import { run } from "./run.ts";

let bench: ImportBench;
beforeAll(async () => {
  bench = await openImportBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const sql = () => bench.server.resources.sql;
const ticket = (externalId: string, rest: object = {}) =>
  JSON.stringify({ externalId, title: `Line ${externalId}`, customer: "lines@customer.example", ...rest });
const tickets = { kind: "tickets", format: "jsonl" } as const;

const told = async (importId: string) =>
  (await bench.problemsOf(importId)).map(({ line, field, reason }) => `${line} ${field} ${reason}`);

test("an instant may be of any zone and precision that it names, and is refused where it names none", async () => {
  const given = [
    "2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.678901Z",
    "2026-01-02T03:04:05+01:00",
    "2026-01-02 03:04:05 -0330",
    "2026-01-02 03:04 UTC",
    "2026-01-02T03:04:05",
    "2026-01-02",
    "2026-02-30T03:04:05Z",
    "0001-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "2026-01-02T03:04:05+99:00",
  ];
  const done = await bench.imported(
    given.map((createdAt, i) => ticket(`at-${i}`, { createdAt })).join("\n"),
    tickets,
  );
  expect(await told(done.id)).toEqual([6, 7, 8, 9, 10, 11].map((line) => `${line} createdAt instant`));
  const rows = await sql()`
    select t.created_at as at from tickets t join import_keys k on k.thing_id = t.id
    where k.external_id like 'at-%' order by k.external_id`;
  expect(rows.map(({ at }) => at)).toEqual([
    "2026-01-02T03:04:05.000Z",
    "2026-01-02T03:04:05.678Z",
    "2026-01-02T02:04:05.000Z",
    "2026-01-02T06:34:05.000Z",
    "2026-01-02T03:04:00.000Z",
  ]);
});

test("tags are those that a ticket could be given by hand, once each however they are written", async () => {
  const done = await bench.imported(
    [ticket("tag-1", { tags: ["Bug", "bug", " bug "] }), ticket("tag-2", { tags: ["a,b"] })].join("\n"),
    tickets,
  );
  expect(await told(done.id)).toEqual(["2 tags.0 characters"]);
  const rows = await sql()`
    select g.name from ticket_tags x join tags g on g.id = x.tag_id join import_keys k on k.thing_id = x.ticket_id
    where k.external_id = 'tag-1'`;
  expect(rows.map(({ name }) => name)).toEqual(["bug"]);
});

test("what no database stores is a problem of its line and no defect of ours", async () => {
  const users = await bench.imported(
    JSON.stringify({ email: "nul@lumen.example", name: "Nul", locale: "e\0n" }),
    { kind: "users", format: "jsonl" },
  );
  expect(await told(users.id)).toEqual(["1 locale characters"]);
  const [field] = await sql()<{ key: string }[]>`
    select key from ticket_fields where kind = 'text' and archived_at is null limit 1`;
  const done = await bench.imported(ticket("nul-1", { fields: { [field!.key]: "a\0b" } }), tickets);
  expect(await told(done.id)).toEqual([`1 fields.${field!.key} characters`]);
});

test("everybody whom mail can come from can be imported, and nobody whom it cannot", async () => {
  const good = [
    "müller@bäcker.example",
    "prvs=1=a&b@customer.example",
    "root@localhost",
    "O'Brien@customer.example",
  ];
  const bad = ["", "nobody", "a b@customer.example", "a@b@customer.example", "a\u0001@customer.example"];
  const lines = [...good, ...bad].map((email) => JSON.stringify({ email, name: "Somebody" }));
  const done = await bench.imported(lines.join("\n"), { kind: "users", format: "jsonl" });
  expect(await told(done.id)).toEqual(bad.map((_, i) => `${good.length + i + 1} email not_allowed`));
  expect(done.progress).toMatchObject({ made: good.length, bad: bad.length });
  // A page of people may end with any of them.
  const { users } = (await bench.server.as("omar")).api;
  const listed: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await users.list.query({ limit: 1, cursor });
    listed.push(...page.items.map(({ email }) => email));
    cursor = page.nextCursor;
  }
  expect(listed).toEqual(expect.arrayContaining(good.map((email) => email.toLowerCase())));
});

test("no article is drafted before it is, as none is published", async () => {
  const article = (slug: string, at: string) =>
    JSON.stringify({
      slug,
      category: [{ slug: "drafts", name: "Drafts" }],
      draft: { title: "A", body: "B", at },
    });
  const lines = [article("drafted", "2026-01-02T00:00:00Z"), article("to-be", "2999-01-02T00:00:00Z")];
  const done = await bench.imported(lines.join("\n"), { kind: "articles", format: "jsonl" });
  expect(await told(done.id)).toEqual(["2 draft.at in_future"]);
});

test("columns without a name, as spreadsheets leave them, are passed over", async () => {
  const done = await bench.imported("Title,Customer,,\nBlank columns,lines@customer.example,x,\n", {
    kind: "tickets",
    format: "csv",
  });
  expect(done.progress).toMatchObject({ read: 1, made: 1 });
});

test("a line that somebody overtook is done again, and is no defect", async () => {
  const { id: fileId } = await bench.send(ticket("race-1", { customer: "race@customer.example" }));
  const { api } = await bench.server.as("omar");
  const { id } = await api.imports.create.mutate({ fileId, ...tickets });
  let stepping: Promise<unknown> | undefined;
  await sql().begin(async (other) => {
    await other`
      insert into users (organization_id, id, email, name, role_id, created_at, updated_at)
      select organization_id, gen_random_uuid(), 'race@customer.example', 'By mail', role_id, created_at, created_at
      from users where email = 'ben@lumen.example'`;
    stepping = bench.step();
    await wait(500);
  });
  await stepping;
  expect(await told(id)).toEqual([]);
  expect((await api.imports.get.query({ importId: id })).progress).toMatchObject({ made: 1, bad: 0 });
  expect(await sql()`select name from users where email = 'race@customer.example'`).toMatchObject([
    { name: "By mail" },
  ]);
});

test("a line that the database does not get done in time is told of, and does not keep the others up", async () => {
  const { database, resources } = bench.server;
  await sql().unsafe(`
    create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(5); return new; end $$;
    create trigger dawdle before insert on ticket_comments for each row when (new.body = 'slow') execute function dawdle()`);
  const slow = [{ author: null, body: "slow", createdAt: "2026-01-03T00:00:00.000Z" }];
  const createdAt = "2026-01-02T00:00:00.000Z";
  const lines = [ticket("slow-1"), ticket("slow-2", { createdAt, comments: slow }), ticket("slow-3")];
  const { id: fileId } = await bench.send(lines.join("\n"));
  const { api } = await bench.server.as("omar");
  const { id } = await api.imports.create.mutate({ fileId, ...tickets });
  const hasty = connect({ url: database.url, max: 1 });
  await hasty`set statement_timeout = '300ms'`;
  await run({ ...resources, sql: hasty }, (await claim(resources))!, new AbortController().signal);
  await hasty.end();
  expect(await told(id)).toEqual(["2 null defect"]);
  expect(await api.imports.get.query({ importId: id })).toMatchObject({
    state: "done",
    progress: { made: 2, bad: 1 },
  });
});

test("an import whose file is lost is given up in the end, and says at which line", async () => {
  const { id: fileId } = await bench.send([ticket("lost-1"), ticket("lost-2")].join("\n"));
  const { api } = await bench.server.as("omar");
  const { id } = await api.imports.create.mutate({ fileId, ...tickets });
  const [file] = await sql()<
    { key: string }[]
  >`select storage_key as key from import_files where id = ${fileId}`;
  await bench.server.resources.files.remove(file!.key);
  const stateOf = async () => (await api.imports.get.query({ importId: id })).state;
  for (let attempt = 1; attempt <= importAttempts; attempt++) {
    const notBefore = plusSeconds(systemRuntime.now(), importRetrySeconds(attempt));
    await bench.step();
    expect(await stateOf()).toBe("queued");
    const [row] = await sql()<{ at: string }[]>`select due_at as at from imports where id = ${id}`;
    expect(row!.at >= notBefore).toBe(true);
    await sql()`update imports set due_at = created_at where id = ${id}`;
  }
  expect(await bench.step()).toBeNull();
  expect([await stateOf(), await told(id)]).toEqual(["failed", ["1 null defect"]]);
});

test("statistics that cannot be taken now keep no import up", async () => {
  const lines = Array.from({ length: 1_001 }, (_, i) => ticket(`stat-${i}`));
  const { id: fileId } = await bench.send(lines.join("\n"));
  const { api } = await bench.server.as("omar");
  const { id } = await api.imports.create.mutate({ fileId, ...tickets });
  await sql().begin(async (other) => {
    await other`lock table kb_articles in share update exclusive mode`;
    await bench.step();
  });
  expect((await api.imports.get.query({ importId: id })).state).toBe("done");
});

test("keys in cells may have capitals, and a ticket that is done may be of somebody who has none any more", async () => {
  const row = (id: string, status: string) =>
    `${id},Done,lines@customer.example,${status},HIGH,ben@lumen.example`;
  const [ben] = await sql()`
    select r.key from users u join roles r on r.id = u.role_id where u.email = 'nora@brightbakery.example'`;
  expect(ben).toEqual({ key: "customer" });
  const done = await bench.imported(
    ["ID,Title,Customer,Status,Priority,Assignee", row("done-1", "Closed"), row("done-2", "Open")]
      .join("\n")
      .replaceAll("ben@lumen.example", "nora@brightbakery.example"),
    { kind: "tickets", format: "csv" },
  );
  expect(await told(done.id)).toEqual(["3 assignee not_eligible"]);
  expect(
    await sql()`
      select u.email, t.priority from tickets t join import_keys k on k.thing_id = t.id join users u on u.id = t.assignee_id
      where k.external_id = 'done-1'`,
  ).toMatchObject([{ email: "nora@brightbakery.example", priority: "high" }]);
});
