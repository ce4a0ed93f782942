import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  type Reader,
  connect,
  exportedTables,
  pagesOfTable,
  read,
  readPicture,
  tableNameOf,
} from "@helpdesk/db";
import { isRefusal } from "@helpdesk/client";
import { accessTokenOf } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PNG, Sender } from "../attachments/upload.fixtures.ts";
import type { FileStore } from "../attachments/file-store.ts";
import { sha256Of, takeApart } from "./archive.fixtures.ts";
import { claim } from "./claim.ts";
import { type Bench, openBench } from "./exporting.fixtures.ts";
import { run } from "./run.ts";

const DAY_SECONDS = 86_400;

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const sql = () => bench.server.resources.sql;

const refusalOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => (isRefusal(error) ? error.data.refusal.code : String(error)),
  );

test("an archive has every row of the organization and none of another's, as its manifest says", async () => {
  // More than two pages of one table.
  await sql()`
    insert into tags (organization_id, id, name, created_at, updated_at)
    select o.id, gen_random_uuid(), 'tag ' || n, o.created_at, o.created_at
    from organizations o, generate_series(1, 450) n where slug = 'demo'`;
  const { made, archive } = await bench.exported("sofia");
  expect(made).toMatchObject({
    sizeBytes: archive.length,
    sha256: sha256Of(archive),
    progress: { part: null, partsDone: made.progress.parts },
  });
  const { files, manifest, lines } = await takeApart(archive);
  const [organization] = await sql()<{ id: string }[]>`select id from organizations where slug = 'demo'`;
  let total = 0;
  for (const { table } of exportedTables) {
    const name = tableNameOf(table);
    const scope =
      name === "organizations"
        ? "where id = $1"
        : name === "achievements"
          ? "where $1 <> ''"
          : "where organization_id = $1";
    const [row] = await sql().unsafe(`select count(*) as count from ${name} ${scope}`, [organization!.id]);
    // What happened to the export itself came after its picture.
    if (name === "audit_log" || name === "exports") continue;
    expect({ name, count: lines(`tables/${name}.jsonl`).length }).toEqual({ name, count: row!["count"] });
    total += row!["count"] as number;
  }
  expect(total).toBeGreaterThan(800);
  expect(manifest.parts.map(({ name }) => name)).toEqual([...files.keys()].slice(0, -1));
  for (const { name, bytes, sha256, lines: count } of manifest.parts) {
    const file = files.get(name)!;
    expect({ name, bytes, sha256, count }).toEqual({
      name,
      bytes: file.length,
      sha256: sha256Of(file),
      count: lines(name).length,
    });
  }
  expect(manifest.parts.reduce((sum, { lines: count }) => sum + count, 0)).toBe(made.progress.linesWritten);
  const theirs = await sql()<{ email: string }[]>`
    select email from users where organization_id <> ${organization!.id} and not is_simulated`;
  const all = [...files.values()].join("\n");
  expect(all).toContain("ben@lumen.example");
  expect(theirs.length).toBeGreaterThan(0);
  for (const { email } of theirs) expect(all).not.toContain(email);
});

test("files come along where they are wanted, byte for byte; one that the store has lost is named", async () => {
  const { api } = await bench.server.as("ben");
  const sender = await Sender.named(bench.server, "ben");
  const [pngId, textId, lostId] = [
    await sender.id(PNG, { name: "pixel.png" }),
    await sender.id("hello", { name: "hello.txt" }),
    await sender.id("gone", { name: "gone.txt" }),
  ];
  await api.tickets.open.mutate({
    title: "With files",
    description: "See them",
    attachmentIds: [pngId, textId, lostId],
  });
  const [lost] = await sql()<
    { key: string }[]
  >`select storage_key as key from attachments where id = ${lostId}`;
  await bench.server.resources.files.remove(lost!.key);
  const without = await bench.takenApart("sofia");
  expect(without.manifest.files).toBeNull();
  expect([...without.files.keys()].some((name) => name.startsWith("files/"))).toBe(false);
  const { files, manifest } = await bench.takenApart("sofia", { includesFiles: true });
  expect(manifest.files).toEqual({ count: 2, bytes: PNG.length + 5, missing: [lostId] });
  expect(files.get(`files/${pngId}`)!.equals(PNG)).toBe(true);
  expect(files.get(`files/${textId}`)!.toString()).toBe("hello");
});

test("a file that is removed in the moment it is read costs the export that file and nothing else", async () => {
  const { api } = await bench.server.as("sofia");
  const { files } = bench.exporting;
  const { id } = await api.exports.create.mutate({ includesFiles: true });
  const removing = {
    has: (key: string) => files.has(key),
    write: (key: string, content: Readable) => files.write(key, content),
    remove: (key: string) => files.remove(key),
    read: async (key: string) => {
      await files.remove(key);
      return files.read(key);
    },
  } as FileStore;
  const claimed = (await claim(bench.exporting, true))!;
  await run({ ...bench.exporting, files: removing }, claimed, new AbortController().signal);
  expect((await api.exports.get.query({ exportId: id })).state).toBe("ready");
  const { path } = await api.exports.createLink.mutate({ exportId: id });
  const { manifest } = await takeApart(await buffer((await fetch(bench.server.url + path)).body!));
  expect(manifest.files).toMatchObject({ count: 0, bytes: 0 });
  expect(manifest.files!.missing.length).toBeGreaterThan(1);
});

test("an archive is one picture: what is committed while it is read is not in it, and does not wait for it", async () => {
  const { api } = await bench.server.as("ben");
  const [{ id } = { id: "" }] = await sql()<
    { id: string }[]
  >`select id from organizations where slug = 'demo'`;
  const countOf = async (reader: Reader, name: string) => {
    let count = 0;
    const table = exportedTables.find((exported) => tableNameOf(exported.table) === name)!;
    for await (const rows of pagesOfTable(reader, table)) count += rows.length;
    return count;
  };
  const own = connect({ url: bench.server.database.url, max: 1 });
  const counted = await readPicture(own, id, async (reader) => {
    const before = await countOf(reader, "tickets");
    await api.tickets.open.mutate({ title: "Meanwhile", description: "Opened while it is read" });
    return {
      before,
      after: await countOf(reader, "tickets"),
      now: await countOf(read(sql(), id), "tickets"),
    };
  });
  await own.end();
  expect(counted).toEqual({ before: counted.before, after: counted.before, now: counted.before + 1 });
});

test("an organization has one export under way at a time, each of two organizations one", async () => {
  const [sofia, ingrid] = [(await bench.server.as("sofia")).api, (await bench.server.as("ingrid")).api];
  const calls = await Promise.all(
    Array.from({ length: 5 }, () => refusalOf(sofia.exports.create.mutate({ includesFiles: false }))),
  );
  expect(calls.toSorted()).toEqual([
    "export.running",
    "export.running",
    "export.running",
    "export.running",
    "ok",
  ]);
  expect(await refusalOf(ingrid.exports.create.mutate({}))).toBe("ok");
  expect(await bench.step()).not.toBeNull();
  expect(await bench.step()).not.toBeNull();
  expect(await bench.step()).toBeNull();
  expect(await refusalOf(sofia.exports.create.mutate({}))).toBe("ok");
  await bench.step();
});

test("a link is for one export and a minute, and only while its holder may export", async () => {
  const { made } = await bench.exported("sofia");
  const omar = (await bench.server.as("omar")).api;
  const { path } = await omar.exports.createLink.mutate({ exportId: made.id });
  const get = async (address: string) => (await fetch(bench.server.url + address)).status;
  const other = path.replace(
    made.id,
    made.id.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
  );
  expect(await get(path)).toBe(200);
  expect(await get(`/api/v1${path}`)).toBe(200);
  expect(await get(other)).toBe(401);
  expect(await get(path.replace(/.(?=.{9}$)/, (letter) => (letter === "A" ? "B" : "A")))).toBe(401);
  expect(await get(`/exports/${made.id}/file`)).toBe(400);
  const [agent] = await sql()<{ id: string }[]>`
    select r.id from roles r join organizations o on o.id = r.organization_id where o.slug = 'demo' and r.key = 'agent'`;
  const [was] = await sql()<{ id: string }[]>`
    select role_id as id from users where email like 'omar@%'`;
  await sql()`update users set role_id = ${agent!.id} where email like 'omar@%'`;
  await expect.poll(() => get(path), { timeout: 5_000 }).toBe(403);
  await sql()`update users set role_id = ${was!.id} where email like 'omar@%'`;
  await expect.poll(() => get(path), { timeout: 5_000 }).toBe(200);
  bench.pass(61);
  expect(await get(path)).toBe(401);
});

test("who asked for an export, and who had a link, stands in the audit log", async () => {
  const { api } = await bench.server.as("sofia");
  const { items } = await api.exports.list.query({ limit: 1 });
  const { items: entries } = await api.audit.list.query({ limit: 100 });
  const told = entries.filter(({ procedure }) => procedure.startsWith("exports."));
  expect(told.map(({ procedure }) => procedure)).toEqual(
    expect.arrayContaining(["exports.create", "exports.createLink"]),
  );
  expect(told.some(({ data }) => data["exportId"] === items[0]!.id || data["id"] === items[0]!.id)).toBe(
    true,
  );
});

test("a file is kept for its days and then taken away; the row stays and says so", async () => {
  const { api } = await bench.server.as("sofia");
  const { made } = await bench.exported("sofia");
  const [{ key } = { key: "" }] = await sql()<{ key: string }[]>`
    select storage_key as key from exports where id = ${made.id}`;
  bench.pass(7 * DAY_SECONDS - 300);
  await bench.step();
  expect((await api.exports.get.query({ exportId: made.id })).state).toBe("ready");
  expect(await bench.server.resources.files.has(key)).toBe(true);
  bench.pass(600);
  await bench.step();
  expect(await api.exports.get.query({ exportId: made.id })).toMatchObject({
    state: "expired",
    fileExpiresAt: null,
    sha256: made.sha256,
  });
  expect(await refusalOf(api.exports.createLink.mutate({ exportId: made.id }))).toBe("export.not_ready");
  await bench.step();
  expect(await bench.server.resources.files.has(key)).toBe(false);
  expect(
    await sql()`select 1 from exports where id = ${made.id} and storage_key is null and due_at is null`,
  ).toHaveLength(1);
  expect(await refusalOf(api.exports.cancel.mutate({ exportId: made.id }))).toBe("export.ended");
});

test("cancelling stops an export that waits or is written, and takes the file of one that is ready away", async () => {
  const { api } = await bench.server.as("sofia");
  const waiting = await api.exports.create.mutate({});
  expect((await api.exports.cancel.mutate({ exportId: waiting.id })).state).toBe("cancelled");
  expect(await bench.step()).toBeNull();
  const { made } = await bench.exported("sofia");
  const [{ key } = { key: "" }] = await sql()<{ key: string }[]>`
    select storage_key as key from exports where id = ${made.id}`;
  expect((await api.exports.cancel.mutate({ exportId: made.id })).state).toBe("cancelled");
  expect(await refusalOf(api.exports.createLink.mutate({ exportId: made.id }))).toBe("export.not_ready");
  await bench.step();
  expect(await bench.server.resources.files.has(key)).toBe(false);
});

test("lists give every export once, newest first, by pages", async () => {
  const { api } = await bench.server.as("sofia");
  const all = (await api.exports.list.query({ limit: 100 })).items.map(({ id }) => id);
  const paged: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await api.exports.list.query({ limit: 2, cursor });
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(all.length).toBeGreaterThan(4);
  expect(paged).toEqual(all);
  expect(all).toEqual(all.toSorted().toReversed());
  const token = await accessTokenOf(bench.server.url, "sofia");
  const rest = await fetch(`${bench.server.url}/api/v1/exports`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(((await rest.json()) as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual(all);
});
